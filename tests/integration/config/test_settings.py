"""Settings come from the environment, and a wrong one stops the start with a sentence."""

import os
import subprocess
import sys

import pytest

from kinolab.config import readers, ready


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("ON", True), ("1", True), ("no", False), ("", False)])
def test_flag_is_a_yes_or_a_no(monkeypatch, said, meant):
    monkeypatch.setenv("KINOLAB_OF_A_TEST", said)

    assert readers.flag("KINOLAB_OF_A_TEST", default=not meant) is meant


@pytest.mark.parametrize(("read", "said"), [(readers.flag, "perhaps"), (lambda name: readers.whole(name, 1), "two")])
def test_setting_that_cannot_be_read_stops_the_start_and_says_which(monkeypatch, read, said):
    monkeypatch.setenv("KINOLAB_OF_A_TEST", said)

    with pytest.raises(SystemExit, match=f"KINOLAB_OF_A_TEST must be .*, not '{said}'."):
        read("KINOLAB_OF_A_TEST")


def test_setting_may_come_from_a_file_or_be_left_out(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("KINOLAB_OF_A_TEST_FILE", str(tmp_path / "secret"))

    assert readers.text("KINOLAB_OF_A_TEST") == "from the file"
    assert readers.text("KINOLAB_OF_ANOTHER", "usual") == "usual"
    assert readers.whole("KINOLAB_OF_ANOTHER", 7) == 7
    assert readers.flag("KINOLAB_OF_ANOTHER", default=True)


@pytest.mark.only_sqlite
@pytest.mark.slow
def test_real_lab_behind_https_has_every_guard_that_django_knows(tmp_path):
    """Cookies over HTTPS alone, HSTS, no DEBUG; counters in a cache of their own."""
    ask = (
        "from django.conf import settings as s; from django.core.management import call_command; import django; "
        "django.setup(); call_command('check', '--deploy', '--fail-level', 'WARNING'); "
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG, s.KINOLAB_DEMO_ENTRY, s.KINOLAB_MAIL_OPEN, "
        "s.ALLOWED_HOSTS, s.CACHES['limits']['OPTIONS'])"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KINOLAB_", "DJANGO_"))}
    more = {
        "KINOLAB_URL": "https://lab.example.org",
        "KINOLAB_DATA": str(tmp_path),
        "KINOLAB_SECRET_KEY": "long-enough-for-the-deploy-check-0123456789-abcdefghij",
        "DJANGO_SETTINGS_MODULE": "kinolab.config.settings",
        "PYTHONPATH": str(ready.SOURCE),
    }
    told = subprocess.run([sys.executable, "-c", ask], env=kept | more, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
    said = told.stdout.strip().splitlines()[-1]
    assert said == "True True False False False ['lab.example.org', '127.0.0.1'] {'MAX_ENTRIES': 200000}"
