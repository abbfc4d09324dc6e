"""Rules are tested without Django: alone, this folder makes importing it fail."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from hypothesis import settings

# A slow machine is no failure of a rule; how long the whole folder takes is watched elsewhere.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")


class NoDjango(MetaPathFinder):
    """Refuses to find Django."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse Django and all its parts; leave everything else to the others."""
        if fullname.partition(".")[0] == "django":
            raise ImportError("rules do without Django")
        return None


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Know the one setting that belongs to the plugin left out (`-p no:django`); nothing here reads it."""
    if not pluginmanager.hasplugin("django"):
        parser.addini("DJANGO_SETTINGS_MODULE", "settings of the tests that need Django")


def pytest_configure(config: pytest.Config) -> None:
    """Block Django, unless the same run also tests pages and actions, which need it."""
    if not config.pluginmanager.hasplugin("django"):
        sys.meta_path.insert(0, NoDjango())


@pytest.fixture(scope="session", autouse=True)
def watched_templates() -> None:
    """No templates here."""


@pytest.fixture(autouse=True)
def nothing_undefined() -> None:
    """No pages here."""
