"""The people of the demonstration: always the same few, whom documentation and tests know too."""

from dataclasses import dataclass

from kinolab.labs.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody a visitor may enter as."""

    email: str
    name: str
    language: str
    timezone: str
    demo_role: str
    role: Role | None = None
    languages: tuple[str, ...] = ()


ORGANISER = Cast("aigul@example.org", "Айгүл Сатыбалдиева", "ky", "Asia/Bishkek", "organiser", Role.OWNER)
COORDINATOR = Cast("bakyt@example.org", "Бакыт Иманалиев", "ru", "Asia/Bishkek", "coordinator", Role.COORDINATOR)
JUROR = Cast("saule@example.org", "Сәуле Бекова", "ru", "Asia/Almaty", "juror", Role.JUROR)
READER = Cast(
    "nodira@example.org", "Nodira Yusupova", "en", "Asia/Tashkent", "reader", None, ("uz", "ru", "en", "tg", "ky")
)
CONFLICTED = Cast("timur@example.org", "Тимур Акматов", "ru", "Asia/Bishkek", "", None, ("ky", "ru", "kk", "en"))
DIRECTOR = Cast("meerim@example.org", "Мээрим Асанова", "ky", "Asia/Bishkek", "director")
PRODUCER = Cast("azamat@example.org", "Азамат Токтогулов", "ru", "Asia/Bishkek", "producer")
TUTOR = Cast("rustam@example.org", "Rustam Saidov", "ru", "Asia/Tashkent", "tutor")

EVERYBODY = (ORGANISER, COORDINATOR, JUROR, READER, CONFLICTED, DIRECTOR, PRODUCER)
TEAM = (COORDINATOR, JUROR)
# More readers, so that every language has three.
READERS = (
    READER,
    CONFLICTED,
    Cast("reader.kunduz@example.org", "Кундуз Абдырасулова", "ky", "Asia/Bishkek", "", None, ("ky", "ru", "en", "kk")),
    Cast("reader.erlan@example.org", "Ерлан Сапаров", "ru", "Asia/Almaty", "", None, ("kk", "ru", "en", "ky")),
    Cast("reader.ainura@example.org", "Айнұра Досова", "ru", "Asia/Almaty", "", None, ("kk", "ru", "uz", "tk")),
    Cast("reader.davron@example.org", "Davron Umarov", "en", "Asia/Tashkent", "", None, ("uz", "ru", "tg", "en", "tk")),
    Cast("reader.manija@example.org", "Манижа Давлатова", "ru", "Asia/Dushanbe", "", None, ("tg", "ru", "uz", "en")),
    Cast("reader.maral@example.org", "Maral Atayewa", "ru", "Asia/Ashgabat", "", None, ("tk", "ru", "uz", "en")),
    Cast("reader.lena@example.org", "Лена Ковальчук", "ru", "Europe/Warsaw", "", None, ("ru", "en", "ky", "kk")),
    Cast("reader.sabr@example.org", "Сабр Ниёзов", "ru", "Asia/Dushanbe", "", None, ("tg", "ru", "en", "uz")),
    Cast("reader.ibrahim@example.org", "Ибрагим Мамыров", "ky", "Asia/Bishkek", "", None, ("ky", "ru", "kk", "uz")),
    Cast(
        "reader.inga@example.org",
        "Inga Saar",
        "en",
        "Europe/Tallinn",
        "",
        None,
        ("en", "ru", "ky", "kk", "uz", "tg", "tk"),
    ),
)
