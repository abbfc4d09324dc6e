"""Mail without a mail server: each letter becomes a file in a folder, readable in the browser.

For the embedded installation and the demonstration only; a real lab names its mail server (KINOLAB_MAIL).
"""

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.crypto import get_random_string

WRITTEN_AT = "X-Kinolab-Site"  # where the site was served when the letter was sent: its links lead to where it is now


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter of the folder."""

    name: str
    at: datetime | None
    to: str
    subject: str
    body: str
    language: str


class FolderBackend(BaseEmailBackend):
    """Writes .eml files, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message; returns how many."""
        folder = Path(settings.KINOLAB_MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{get_random_string(6)}"
            message.extra_headers[WRITTEN_AT] = settings.KINOLAB_URL
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes(linesep="\n"))
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


def is_open() -> bool:
    """Whether letters go to the folder and anybody may read them in the browser, sign-in links among them."""
    to_folder = settings.EMAIL_BACKEND == "kinolab.foundation.mail.folder.FolderBackend"
    return bool(to_folder and settings.KINOLAB_MAIL_OPEN)


def names(limit: int) -> list[str]:
    """Names of the newest letters."""
    return sorted((path.stem for path in Path(settings.KINOLAB_MAIL_FOLDER).glob("*.eml")), reverse=True)[:limit]


def read(name: str) -> Kept | None:
    """One letter; None when there is none of that name."""
    path = Path(settings.KINOLAB_MAIL_FOLDER) / f"{Path(name).name}.eml"
    if not path.is_file():
        return None
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, ParsedMessage)
    text = message.get_body(("plain",))
    body, date = text.get_content() if text else "", message["Date"]
    return Kept(
        name=path.stem,
        at=date.datetime if date else None,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=body.replace(f"{message[WRITTEN_AT]}/", f"{settings.KINOLAB_URL}/"),
        language=str(message["Content-Language"] or ""),
    )
