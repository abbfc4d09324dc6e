"""Small files for invented applications: a one-page PDF and a picture, made here and plainly not real."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

DYES = ("#A92B2F", "#F4B92F", "#1E5B47", "#0B7480", "#27438F", "#77305F")


@lru_cache(maxsize=4)
def _page() -> bytes:
    """A valid one-page PDF that says «Invented» in a standard font."""
    text = b"BT /F1 24 Tf 72 720 Td (Invented dossier of the demonstration) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return out.getvalue()


def dossier(title: str, logline: str) -> bytes:
    """The page, made different for each film by a comment at its end."""
    return _page().replace(b"%%EOF", b"%% " + f"{title} {logline}".encode()[:200] + b"\n%%EOF")


def still(number: int) -> bytes:
    """A flat landscape in one of the six dyes, with its disc."""
    picture = Image.new("RGB", (480, 260), DYES[number % len(DYES)])
    drawing = ImageDraw.Draw(picture)
    drawing.polygon([(0, 260), (0, 170), (140 + number % 60, 90), (300, 190), (480, 120), (480, 260)], fill="#151B1D")
    drawing.ellipse((380, 24, 440, 84), fill="#FFB81C")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
