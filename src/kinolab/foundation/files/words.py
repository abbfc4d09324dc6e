"""Sentences for every reason a file is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "pdf": pgettext_lazy("kind of file", "PDF"),
    "image": pgettext_lazy("kind of file", "Image"),
    "document": pgettext_lazy("kind of file", "Text document"),
    "sheet": pgettext_lazy("kind of file", "Spreadsheet"),
    "video": pgettext_lazy("kind of file", "Film"),
    "sound": pgettext_lazy("kind of file", "Sound"),
}
# Of which kinds a question takes files, as whoever applies reads it; `%(formats)s` are those of `contents.ACCEPTED`.
TAKEN: dict[str, Promise] = {
    "pdf": pgettext_lazy("kinds of files that are taken", "PDF"),
    "image": pgettext_lazy("kinds of files that are taken", "images (%(formats)s)"),
    "document": pgettext_lazy("kinds of files that are taken", "text documents (%(formats)s)"),
    "sheet": pgettext_lazy("kinds of files that are taken", "spreadsheets (%(formats)s)"),
    "video": pgettext_lazy("kinds of files that are taken", "films (%(formats)s)"),
    "sound": pgettext_lazy("kinds of files that are taken", "sound (%(formats)s)"),
}
PLACES: dict[str, Promise] = {
    "disk": pgettext_lazy("where a file lies", "On the server's disk"),
    "far": pgettext_lazy("where a file lies", "In the storage"),
}
UPLOAD_STATES: dict[str, Promise] = {
    "coming": pgettext_lazy("upload", "On its way"),
    "taken": pgettext_lazy("upload", "Taken"),
    "refused": pgettext_lazy("upload", "Not taken"),
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
    "picture_too_many_pixels": _(
        "This picture has %(megapixels)s megapixels; at most %(limit)s are taken. Save it smaller: 3000 pixels wide is enough."
    ),
    "picture_too_small": _(
        "This picture is too small for a page: %(width)s × %(height)s pixels. Its longer side needs at least %(limit)s."
    ),
    "picture_undescribed": _(
        "A picture is shown once it is described in words, for those who do not see it. "
        "Languages still without a description: %(in_languages)s."
    ),
    "video_unreadable": _("This film cannot be opened: a part of it is missing. Export it again."),
    "sound_unreadable": _("This recording cannot be opened: a part of it is missing. Export it again."),
    "document_unreadable": _("This document cannot be opened: a part of it is missing. Save it again."),
    "document_runs": _(
        "This document carries a program or another file inside. Save it without macros and embedded objects, or as PDF."
    ),
    "document_bomb": _("This document is too large to be opened safely: more than %(limit)s MB. Make it smaller."),
    "pdf_unreadable": _("This PDF cannot be opened: its end is missing. Export it again."),
    # Tables
    "table_empty": _(
        "There is nothing in this table. A first line with the names of its columns and one row below it are needed."
    ),
    "table_too_large": _("This table is too large. The limit: %(limit)s MB. Bring it in parts."),
    "table_unreadable": _(
        "This is not a table that can be read here. Save it as CSV (UTF-8) or XLSX and bring it again."
    ),
    "mixed_encodings": _(
        "Two encodings stand in one file: line %(line)s is written in another than the rest. Save the whole table as UTF-8."
    ),
    "table_too_long": _("The table has too many rows. The limit: %(limit)s. Bring it in parts."),
    "table_too_wide": _("The table has too many columns. The limit: %(limit)s."),
    # On the way in
    "disk_full": _(
        "The server has no room for this file now. Nothing of it was kept. Try again later or write to the lab."
    ),
    "person_full": _("All your files together would be larger than %(limit)s MB. Remove one that is not needed first."),
    "too_many_uploads": _(
        "Too many of your files are on their way. The limit: %(limit)s. Finish or remove one of them first."
    ),
    "upload_gone": _("This upload is not here any more. Choose the file again."),
    "upload_of_another": _("This upload was begun by another person or before you signed in. Load the page again."),
    "upload_busy": _("This file is arriving from another window. Wait a moment."),
    "upload_elsewhere": _("This upload has already come further than your browser thought. It goes on from there."),
    "upload_damaged": _("A part of the file was damaged on its way. It is sent once more."),
    "upload_too_long": _("More arrived than was announced. Choose the file again."),
    "upload_not_whole": _("This file has not arrived whole yet."),
    "upload_not_fitting": _("The file arrived whole, but its place in the application could not take it any more."),
    "upload_unreadable": _("The program that sends this file speaks another protocol: tus 1.0 is needed."),
}


def kinds() -> list[tuple[str, Promise]]:
    """Choices of `StoredFile.kind`."""
    return list(KINDS.items())


def places() -> list[tuple[str, Promise]]:
    """Choices of `StoredFile.place`."""
    return list(PLACES.items())


def upload_states() -> list[tuple[str, Promise]]:
    """Choices of `Upload.state`."""
    return list(UPLOAD_STATES.items())
