"""A storage that speaks S3: whole files are kept there once they have been looked at, sent in parts from the disk.

Only what all such servers understand is used: no checksums of our client's own, no conditions, no batches.
"""

from collections.abc import Iterator
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from kinolab.foundation.files.models import StoredFile

PART = 16 << 20  # bytes; two parts are in the memory at a time
PIECE = 1 << 20  # bytes of a download
SIGNED_FOR = 300  # seconds


class Far(S3Storage):
    """The storage that KINOLAB_FILES names."""

    def __init__(self, **settings: Any) -> None:
        client = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=10,
            read_timeout=60,
            retries={"max_attempts": 3},
        )
        parts = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=2)
        super().__init__(client_config=client, transfer_config=parts, file_overwrite=True, default_acl=None, **settings)


def send(stored: StoredFile, path: str) -> int:
    """Send the file in parts from the disk; how many bytes the storage says it holds now."""
    far: Any = storages["far"]
    key, client = _key(far, stored), far.connection.meta.client
    client.upload_file(
        path, far.bucket_name, key, ExtraArgs={"ContentType": stored.content_type}, Config=far.transfer_config
    )
    return int(client.head_object(Bucket=far.bucket_name, Key=key)["ContentLength"])


def pieces(stored: StoredFile) -> Iterator[bytes]:
    """The contents, a megabyte at a time. Asked for at once, so that a storage that is away is noticed before the page begins."""
    far: Any = storages["far"]
    answer = far.connection.meta.client.get_object(Bucket=far.bucket_name, Key=_key(far, stored))
    return answer["Body"].iter_chunks(PIECE)


def remove(stored: StoredFile) -> None:
    """Forget the contents."""
    far: Any = storages["far"]
    far.connection.meta.client.delete_object(Bucket=far.bucket_name, Key=_key(far, stored))


def address(stored: StoredFile, disposition: str) -> str:
    """An address of the storage, good for some minutes, that saves the file under the name it should have."""
    far: Any = storages["far"]
    asked = {
        "Bucket": far.bucket_name,
        "Key": _key(far, stored),
        "ResponseContentDisposition": disposition,
        "ResponseContentType": stored.content_type,
    }
    return str(far.connection.meta.client.generate_presigned_url("get_object", Params=asked, ExpiresIn=SIGNED_FOR))


def _key(far: Any, stored: StoredFile) -> str:
    return "/".join(filter(None, [far.location.strip("/"), stored.blob.name]))
