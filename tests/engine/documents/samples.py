"""Small files of every type that is kept."""

import io
import zipfile

OPEN = b"application/vnd.oasis.opendocument.text"
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
TEXT = "Notes of the call – nothing more.\n".encode()
MAIL = (
    b"From: a@example.test\r\nDate: Tue, 3 Mar 2026 10:00:00 +0000\r\nSubject: x\r\n\r\nHello\r\n"
)


def zipped(*names: str) -> bytes:
    """An archive with members of these names."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return found.getvalue()


def open_document() -> bytes:
    """A text of a free office."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("mimetype", OPEN)
        archive.writestr("content.xml", b"<x/>")
    return found.getvalue()


OFFICE = zipped("[Content_Types].xml", "word/document.xml")
