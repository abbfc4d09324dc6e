"""Three typed readers for settings; every setting may also come from a file named by NAME_FILE."""

import os
from pathlib import Path

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable `name`, or the stripped contents of the file that `name`_FILE points to, or the default."""
    if from_file := os.environ.get(f"{name}_FILE"):
        return Path(from_file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or a no; anything else stops the start with a sentence."""
    value = text(name, "yes" if default else "no").lower()
    if value not in TRUE | FALSE:
        raise SystemExit(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def whole(name: str, default: int) -> int:
    """A whole number; anything else stops the start with a sentence."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise SystemExit(f"{name} must be a whole number, not {value!r}.") from None
