"""Each person's own part: of whom a question is asked, and the sum that a signature names."""

import hashlib
import json
from collections.abc import Mapping

EACH = "each"


def is_asked(asked_of: str, role: str) -> bool:
    """Whether a question asked of `asked_of` is asked of somebody with this role; "" is asked of the team, not of them."""
    return bool(asked_of) and asked_of in (EACH, role)


def digest(part: Mapping[str, object]) -> str:
    """The sum of a part: SHA-256 of its JSON with sorted keys and no spaces."""
    written = json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
