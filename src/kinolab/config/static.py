"""The address of a style sheet, a script or a picture is worked out once: it does not change while the program runs."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; a page names some thirty of them, and scripts name one another."""

    # Our scripts alone: others bring files along that name what is not there.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("ui/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1]),
    )

    @cached_property
    def addresses(self) -> dict[str, str]:
        """Addresses by name, as far as they have been asked for."""
        return {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file."""
        if force or name not in self.addresses:
            self.addresses[name] = super().url(name, force)
        return self.addresses[name]
