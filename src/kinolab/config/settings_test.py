"""The settings under which the tests run: the real ones, with quick hashing, letters in memory, and a folder of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A fresh data folder for every run, so that a test can never meet a person's real data.
_folder = Path(tempfile.mkdtemp(prefix="kinolab-test-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
(_folder / "static").mkdir()
# Fonts for paper are named by what they are made from, so every run and worker may share those of one folder.
_fonts = Path(tempfile.gettempdir()) / f"kinolab-test-fonts-{os.getuid()}"
_fonts.mkdir(exist_ok=True)
(_folder / "fonts").symlink_to(_fonts)
os.environ |= {
    "KINOLAB_DATA": str(_folder),
    "KINOLAB_STATIC": str(_folder / "static"),
    "KINOLAB_SECRET_KEY": "only-for-tests-and-long-enough-for-the-deploy-check-0123456789",
    "KINOLAB_URL": "http://127.0.0.1:8000",
}

from kinolab.config.settings import *  # noqa: F403
from kinolab.config.settings import DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

DATABASES["default"]["OPTIONS"].pop("pool", None)  # no connections are kept: they would outlive the tests' databases
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["OPTIONS"] = {}
    # A file, not memory: the browser's server answers in threads, each with a connection of its own.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "tests.sqlite3")}
KINOLAB_PAGES_KEPT = 0  # a test sees what it has just changed
KINOLAB_FORMS_KEPT = 0  # tests count their forms from one again and again, and change what is frozen
