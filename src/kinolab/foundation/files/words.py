"""Sentences for every reason a file is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "pdf": pgettext_lazy("kind of file", "PDF"),
    "image": pgettext_lazy("kind of file", "Image"),
}
REASONS: dict[str, Promise] = {
    "file_too_large": _(
        "This file is too large: %(size)s MB. The limit here: %(limit)s MB. Export it smaller and try again."
    ),
    "file_wrong_kind": _("This kind of file is not accepted here. Accepted: %(wanted)s."),
    "file_disguised": _("The contents of this file do not match its name. Export it again and choose the new file."),
    "file_two_in_one": _("This file is a document and an archive at once. Export it again and choose the new file."),
    "file_empty": _("This file is empty. Choose another one."),
    "image_bomb": _("This picture has too many pixels to be opened safely. Make it smaller than %(limit)s megapixels."),
    "image_unreadable": _("This picture cannot be opened. Save it again as JPEG or PNG."),
    "pdf_unreadable": _("This PDF cannot be opened: its end is missing. Export it again."),
}


def kinds() -> list[tuple[str, Promise]]:
    """Choices of `StoredFile.kind`."""
    return list(KINDS.items())
