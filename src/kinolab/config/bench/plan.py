"""What is measured, in order, and what is aimed at. Standard library only."""

from dataclasses import dataclass

APPLICATIONS, PEOPLE, READERS, REQUESTS, WARM = 2000, 2400, 20, 100, 3
FEWEST_APPLICATIONS, MOST_APPLICATIONS, MOST_REQUESTS = 10, 20_000, 2_000
SECONDS_A_ROW = 120  # then a row stops with what it has


@dataclass(frozen=True, slots=True)
class Aim:
    """The most that a row should take; None where nothing is aimed at."""

    milliseconds: float | None = None  # processor time a request
    statements: int | None = None
    kilobytes: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is measured."""

    key: str
    name: str
    aim: Aim = Aim()


EMPTY = Row("empty", "empty request (/health/live)")
# Requests to the server, in the order in which they are made.
ASKED = (
    EMPTY,
    Row("call", "public call page, as strangers get it", Aim(5)),
    Row("call_drawn", "public call page, drawn anew each time"),
    Row("table", "applications table, first page", Aim(45, 12, 120)),
    Row("table_filtered", "applications table, filtered", Aim(45, 12, 120)),
    Row("table_by_score", "applications table, sorted by score", Aim(45, 12, 120)),
    Row("table_searched", "applications table, searched", Aim(45, 12, 120)),
    Row("reader", "reader’s home, three readings", Aim(11)),
    Row("reader_busy", "reader’s home, a twentieth of all readings"),
    Row("apply", "one applicant: open, save, submit", Aim(60, 45)),
    Row("review", "one review: open, hand in", Aim(40)),
    Row("csv", "CSV of everything", Aim(1000)),
)
LETTER = Row("letter", "a letter, rendered and handed to the mail server", Aim(4))
ANNOUNCEMENT = Row("announcement", "announcing: every decision true at one instant")
RESULT_LETTER = Row("result_letter", "a result letter of it, written and sent by the clock", Aim(4))
MEASURED_INSIDE = (LETTER, ANNOUNCEMENT, RESULT_LETTER)
ONCE = {"csv": 10}  # rows asked for fewer times: the number of requests is divided by this
TOGETHER = 4  # connections while requests a second are counted
COLD_SECONDS, WORKER_MEGABYTES = 2.0, 120.0

# The last minutes: how many begin at once, how many type until the close, for how long; seconds between two saves, seconds
# before the close in which all send; the most that one person should cost, and 95 of 100 saves should take.
AT_ONCE, PEOPLE_TYPING, MINUTES, OVER = 200, 300, 2.0, 10.0
MOST_PEOPLE, FEWEST_MINUTES, MOST_MINUTES = 5_000, 0.1, 60.0
PAUSE, LAST = 2.0, 60.0
HEAD_MS, SAVE_P95_MS = 75.0, 150.0

# One large file: how large, in which parts, and the most memory that the worker may need more for it.
FILE_MB, FEWEST_MB, MOST_MB, PART_MB, MORE_MEMORY_MB = 1000, 10, 5000, 32, 20.0

# The impact report: over how many road maps, with how many indicators and periods each; the most that it, and a page of one
# road map, should take until they have come.
ROAD_MAPS, INDICATORS, PERIODS, IMPACT_REQUESTS, MOST_ROAD_MAPS = 1000, 12, 8, 30, 5000
REPORT_COLD_MS, REPORT_WARM_MS, EDITOR_MS, BOOK_MS = 2000.0, 200.0, 150.0, 5000.0

# The catalogue: how many films (three people, twenty credits and half an article for each), how many requests of a kind; the
# most that 95 of 100 searches, suggestions and public pages should take until they have come, and their statements.
FILMS, FEWEST_FILMS, MOST_FILMS, FILM_REQUESTS = 6_000, 20, 100_000, 40
SEARCH_MS, SUGGEST_MS, PUBLIC_MS = 100.0, 50.0, 30.0
SEARCH_STATEMENTS, PUBLIC_STATEMENTS = 4, 12
