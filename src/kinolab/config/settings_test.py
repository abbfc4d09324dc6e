"""The settings under which the tests run: the real ones, with quick hashing and everything in memory."""

import os
import tempfile

# A fresh data folder for every run, so that a test can never meet a person's real data.
os.environ["KINOLAB_DATA"] = tempfile.mkdtemp(prefix="kinolab-test-")
os.environ.setdefault(
    "KINOLAB_SECRET_KEY",
    "only-for-tests-and-long-enough-for-the-deploy-check-0123456789",
)

from kinolab.config.settings import *  # noqa: E402, F403
from kinolab.config.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
