"""Large libraries that few pages need: loaded when one of them does, so that a worker without such pages stays small.

For a library that one function needs, an import in that function does as well; these are asked in many places. They are
imported from here like anything else: `from kinolab.foundation.later import Image`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any


class Later:
    """A module by its name, imported when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, what: str) -> Any:
        found = getattr(import_module(self.name), what)
        setattr(self, what, found)
        return found


if TYPE_CHECKING:
    import icalendar
    from PIL import Image, ImageCms, ImageDraw, ImageFont, ImageOps
else:
    icalendar = Later("icalendar")
    Image, ImageCms, ImageDraw = Later("PIL.Image"), Later("PIL.ImageCms"), Later("PIL.ImageDraw")
    ImageFont, ImageOps = Later("PIL.ImageFont"), Later("PIL.ImageOps")

__all__ = ["Image", "ImageCms", "ImageDraw", "ImageFont", "ImageOps", "Later", "icalendar"]
