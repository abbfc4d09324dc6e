"""What pages say to programs that speak tus 1.0."""

import base64
import binascii
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import http_date

from kinolab.foundation.files import coming
from kinolab.foundation.files.models import Upload
from kinolab.foundation.files.receiving import ALGORITHMS, VERSION

EXTENSIONS = "creation,expiration,checksum,termination"
STATUS = {"disk_full": 507, "file_too_large": 413, "upload_busy": 423}  # of refusals; 422 of any other


def options() -> HttpResponse:
    """What this server can do."""
    answer = HttpResponse(status=204)
    answer["Tus-Version"], answer["Tus-Extension"] = VERSION, EXTENSIONS
    answer["Tus-Max-Size"], answer["Tus-Checksum-Algorithm"] = settings.KINOLAB_FILE_MAX, ",".join(ALGORITHMS)
    return spoken(answer)


def said(answer: HttpResponse, found: Upload) -> HttpResponse:
    """The answer with where the upload stands."""
    answer["Upload-Offset"] = found.size if found.state == "taken" else coming.arrived(found.code) or 0
    answer["Upload-Length"], answer["Upload-Expires"] = found.size, http_date(found.expires_at.timestamp())
    return answer


def spoken(answer: HttpResponse) -> HttpResponse:
    """The answer, as tus wants every one."""
    answer["Tus-Resumable"] = VERSION
    return answer


def metadata(said: str) -> Mapping[str, str]:
    """Upload-Metadata: pairs of a key and its value in base64; what cannot be read is not there."""
    found = {}
    for pair in said.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
