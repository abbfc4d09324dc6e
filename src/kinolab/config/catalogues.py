"""Compile catalogues of sentences (.po to .mo) with Babel, so that no machine needs gettext to run Kinolab."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kinolab.config import ready


def compile_all(folder: Path) -> int:
    """Compile every stale catalogue in the folder; return how many. Fuzzy entries are left out."""
    done = 0
    for catalogue in list(ready.stale(folder)):
        with catalogue.open("rb") as source:
            content = read_po(source, locale=catalogue.parent.parent.name, domain=catalogue.stem)
        compiled = catalogue.with_suffix(".mo")
        unfinished = compiled.with_name(f".{compiled.name}.{os.getpid()}")
        with unfinished.open("wb") as target:
            write_mo(target, content)
        unfinished.replace(compiled)
        if compiled.stat().st_mtime <= catalogue.stat().st_mtime:
            os.utime(compiled, (catalogue.stat().st_mtime + 1,) * 2)
        done += 1
    return done


if __name__ == "__main__":
    compile_all(ready.SOURCE / "kinolab")
