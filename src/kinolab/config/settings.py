"""Every setting of the program. Values come from the environment through the three readers."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from kinolab.config.readers import flag, text, whole

SOURCE = Path(__file__).resolve().parent.parent
REPOSITORY = SOURCE.parent.parent

# --- Where things are kept -------------------------------------------------------------------------------------------
KINOLAB_DATA = Path(text("KINOLAB_DATA", str(REPOSITORY / "data"))).resolve()
KINOLAB_URL = text("KINOLAB_URL", "http://127.0.0.1:8000").rstrip("/")
KINOLAB_DEMO_ENTRY = flag("KINOLAB_DEMO_ENTRY")  # "enter as …" buttons on the sign-in page; never on a real lab

DEBUG = flag("KINOLAB_DEBUG")


def _secret_key() -> str:
    """The key from the environment or from data/secret.key, which the first start writes."""
    if key := text("KINOLAB_SECRET_KEY"):
        return key
    kept = KINOLAB_DATA / "secret.key"
    return kept.read_text(encoding="utf-8").strip() if kept.exists() else ""


SECRET_KEY = _secret_key() or ("only-while-developing" if DEBUG else "")

_address = urlsplit(KINOLAB_URL)
# The machine itself may always ask whether the program is well; links never come from the host of a request.
ALLOWED_HOSTS = [*filter(None, text("KINOLAB_HOSTS", _address.hostname or "").split(",")), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]
_HTTPS = _address.scheme == "https"

# --- Rooms -----------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "kinolab.foundation.ui",
    "kinolab.foundation.i18n",
    "kinolab.foundation.search",
    "kinolab.foundation.audit",
    "kinolab.foundation.mail",
    "kinolab.foundation.people",
    "kinolab.foundation.files",
    "kinolab.foundation.questions",
    "kinolab.labs",
    "kinolab.catalogue",
    "kinolab.calls",
    "kinolab.news",
    "kinolab.applications",
    "kinolab.reviews",
    "kinolab.selection",
    "kinolab.production",
    "kinolab.impact",
    "kinolab.desk",
    "kinolab.demonstration",
    "kinolab.config",
]

MIDDLEWARE = [
    "kinolab.foundation.ui.headers.guarded",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kinolab.foundation.ui.ways_back.led_back",
]

ROOT_URLCONF = "kinolab.config.urls"
ASGI_APPLICATION = "kinolab.config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "kinolab.foundation.ui.rendering.Templates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kinolab.foundation.i18n.templatetags.kino",
                "kinolab.foundation.ui.templatetags.ui",
            ],
        },
    }
]


# --- Database: SQLite by default, PostgreSQL when KINOLAB_DATABASE says so -------------------------------------------
def _database(address: str) -> dict[str, object]:
    """`postgres://user:password@host:port/name` or nothing for the SQLite file in the data folder."""
    if not address:
        return {
            "ENGINE": "kinolab.foundation.search.sqlite",
            "NAME": KINOLAB_DATA / "kinolab.sqlite3",
            "OPTIONS": {"kept": 4},  # connections, each with a megabyte or two of its own
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "prepare_threshold": 1,  # `foundation.prepared` alone binds on the server; what it asks is planned there once
            "pool": {"min_size": 1, "max_size": whole("KINOLAB_DATABASE_POOL", 8)},
            # A page's statements are short: to compile one takes ten times as long as to run it. And what they read is in
            # memory or on a disk without a needle: an index costs little more than its neighbourhood.
            "options": "-c jit=off -c random_page_cost=1.1",
        },
    }


DATABASES = {"default": _database(text("KINOLAB_DATABASE"))}

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
# The second is named in sessions that began before the first was there.
AUTHENTICATION_BACKENDS = ["kinolab.foundation.people.sessions.Backend", "django.contrib.auth.backends.ModelBackend"]
SESSION_ENGINE = "kinolab.foundation.people.sessions"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "desk:after_sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 30 * 24 * 3600  # seconds: applicants on phones must not be signed out in the middle of a form
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    "kino_session",
    "kino_csrf",
    "kino_language",
)
CSRF_FAILURE_VIEW = "kinolab.foundation.ui.views.csrf_failure"
# Behind n reverse proxies the client's address is the n-th from the right of X-Forwarded-For.
KINOLAB_PROXIES = whole(
    "KINOLAB_PROXIES", 0
)  # reverse proxies between the internet and us; each adds to X-Forwarded-For

# --- Languages -------------------------------------------------------------------------------------------------------
LANGUAGES = [
    ("ky", "Кыргызча"),
    ("kk", "Қазақша"),
    ("uz", "Oʻzbekcha"),
    ("tg", "Тоҷикӣ"),
    ("tk", "Türkmençe"),
    ("ru", "Русский"),
    ("en", "English"),
]
LANGUAGE_CODE = "en"
KINOLAB_COMPLETE_LANGUAGES = [
    "ky",
    "ru",
    "en",
]  # interface languages that every change keeps whole
# Which language to read when a text is missing in the one asked for; after these, any.
KINOLAB_FALLBACKS = {
    "ky": ["ru", "en"],
    "kk": ["ru", "en"],
    "uz": ["ru", "en"],
    "tg": ["ru", "en"],
    "tk": ["ru", "en"],
    "ru": ["en", "ky"],
    "en": ["ru", "ky"],
}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files -----------------------------------------------------------------------------------------------------------
MEDIA_ROOT = KINOLAB_DATA / "files"  # private: nothing here has an address of its own
STATIC_URL = "/static/"
STATIC_ROOT = Path(text("KINOLAB_STATIC", str(REPOSITORY / "static-built")))
# s3+http:// for one without TLS; after it ?region=…, &prefix=…, and &direct=yes where browsers may fetch from it themselves.
_files = urlsplit(text("KINOLAB_FILES"))  # a storage for whole files, s3://KEY:SECRET@HOST/BUCKET; else the disk
_files_more = dict(parse_qsl(_files.query))
KINOLAB_FILES_FAR = _files.scheme in {"s3", "s3+http"}
KINOLAB_FILES_DIRECT = _files_more.get("direct") == "yes"  # browsers may fetch from the storage themselves
if _files.scheme and not KINOLAB_FILES_FAR:
    raise SystemExit("KINOLAB_FILES must begin with s3:// or s3+http://, or be empty for the disk.")
KINOLAB_LINKS_PRIVATE = flag(
    "KINOLAB_LINKS_PRIVATE"
)  # links may lead into this machine's network, to a video server there
# Scripts of others, set up from package-lock.json; without them files too large for a form cannot be sent.
_scripts = Path(text("KINOLAB_SCRIPTS", str(REPOSITORY / "static-vendor")))
STATICFILES_DIRS = [_scripts] if (_scripts / "vendor").is_dir() else []
KINOLAB_TUS_CLIENT = "vendor/tus.min.js" if (_scripts / "vendor" / "tus.min.js").exists() else ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kinolab.config.static.StaticFiles"},
}
if KINOLAB_FILES_FAR:
    STORAGES["far"] = {
        "BACKEND": "kinolab.foundation.files.far.Far",
        "OPTIONS": {
            "access_key": unquote(_files.username or ""),
            "secret_key": unquote(_files.password or ""),
            "bucket_name": _files.path.strip("/"),
            "endpoint_url": f"{'http' if _files.scheme == 's3+http' else 'https'}://{_files.netloc.rpartition('@')[2]}",
            "region_name": _files_more.get("region", "us-east-1"),
            "location": _files_more.get("prefix", ""),
        },
    }
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
KINOLAB_MAX_UPLOAD = whole("KINOLAB_MAX_UPLOAD", 50 * 1024 * 1024)  # bytes, one file in a form
KINOLAB_FILE_MAX = whole("KINOLAB_FILE_MAX", 5 * 1024**3)  # bytes, one file that comes in parts
KINOLAB_PERSON_MAX = whole("KINOLAB_PERSON_MAX", 50 * 1024**3)  # bytes, all files of one person
KINOLAB_APPLICATION_MAX = whole("KINOLAB_APPLICATION_MAX", 20 * 1024**3)  # bytes, all files of one application
KINOLAB_DISK_RESERVE = whole("KINOLAB_DISK_RESERVE", 1024**3)  # bytes of the disk that uploads leave free
KINOLAB_UPLOAD_DAYS = whole("KINOLAB_UPLOAD_DAYS", 7)  # days in which an upload may be finished
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes, a form without its files

# --- Letters ---------------------------------------------------------------------------------------------------------
KINOLAB_MAIL_FOLDER = KINOLAB_DATA / "mail"
KINOLAB_MAIL_OPEN = flag("KINOLAB_MAIL_OPEN")  # the folder's letters can be read in the browser; never on a real lab
_mail = urlsplit(text("KINOLAB_MAIL", "folder:"))  # smtp://user:password@host:port, smtps://…, or folder:
EMAIL_BACKEND = (
    "kinolab.foundation.mail.folder.FolderBackend"
    if _mail.scheme == "folder"
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    unquote(_mail.username or ""),
    unquote(_mail.password or ""),
)
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", flag("KINOLAB_MAIL_STARTTLS")
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("KINOLAB_MAIL_FROM") or f"Kinolab <no-reply@{_address.hostname}>"

# --- Work behind the pages -------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
KINOLAB_INSIDE = flag("KINOLAB_INSIDE")  # the clock and the worker run in threads of the web process
KINOLAB_CLOCK = whole("KINOLAB_CLOCK", 20)  # seconds between two turns of the clock


def _cache(most: int) -> dict[str, object]:
    """A cache of this process with room for so many entries, or a part of the Redis that all processes share."""
    if address := text("KINOLAB_REDIS"):
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": most}}


CACHES = {
    "default": _cache(300),
    "limits": _cache(200_000) | {"KEY_PREFIX": "limits"},  # counters against guessing: nothing may push them out
    "standing": _cache(10) | {"KEY_PREFIX": "standing"},  # what every page names, asked for once in a minute
}
if not text("KINOLAB_REDIS"):
    CACHES["limits"]["LOCATION"], CACHES["standing"]["LOCATION"] = "limits", "standing"

KINOLAB_PAGES_KEPT = whole("KINOLAB_PAGES_KEPT", 10)  # seconds; a page for strangers is drawn once in that time
KINOLAB_FORMS_KEPT = whole("KINOLAB_FORMS_KEPT", 64)  # frozen forms that a process keeps in mind: they never change

# --- Safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
KINOLAB_EMBED = text("KINOLAB_EMBED", "*").split()  # whose pages may show the open calls in a frame; * for any
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = flag("KINOLAB_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = whole("KINOLAB_HSTS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# --- The rail: the ten stages of an edition and the page each one opens (none yet: shown, not linked) ----------------
KINOLAB_RAIL = [  # stage, its page, what one must be permitted to be led there
    ("call", "calls:manage", "see_dashboard"),
    ("applications", "applications:table", "read_applications"),
    ("reading", "reviews:board", "assign"),
    ("selection", "selection:board", "read_reviews"),
    ("results", "selection:announce", "see_letters"),
    ("travel", None, None),
    ("lab", None, None),
    ("pitching", None, None),
    ("impact", "impact:list", "read_road_maps"),
    ("outcomes", "impact:outcomes", "read_road_maps"),
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": text("KINOLAB_LOG", "WARNING")},
}
