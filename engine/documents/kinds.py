"""What type a file is, told by its bytes; what its sender says of it counts for nothing."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from engine.errors import Invalid

MOST_BYTES = 1_000_000
LONGEST_NAME = 200
KINDS = "PDF, PNG, JPEG, plain text, Word (.docx), OpenDocument (.odt) and e-mail (.eml)"

_PLAIN_SPACE = "\t\n\r\f"
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]")
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN = "application/vnd.oasis.opendocument.text"
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    _OFFICE: (".docx",),
    _OPEN: (".odt",),
    "message/rfc822": (".eml",),
    "text/plain": (".txt",),
}
ENDINGS = tuple(ending for endings in _ENDINGS.values() for ending in endings)


class NotKept(Invalid):
    """A file that cannot be kept; the message says why and what would do."""


def media_type_of(data: bytes) -> str:
    """Give the type that the bytes themselves show. Raises NotKept for any other than ours."""
    if not data:
        raise NotKept("The file is empty. Choose the file again.")
    if len(data) > MOST_BYTES:
        raise NotKept(
            f"The file has {len(data) / 1_000_000:.1f} MB; it may have at most 1 MB."
            " Send it in parts, or scan it with fewer dots."
        )
    found = next((kind for kind, shows in _TESTS.items() if shows(data)), None)
    if found is None:
        raise NotKept(f"The file is of a type that is not kept. These are: {KINDS}.")
    return found


def _is_office(data: bytes) -> bool:
    names = _zipped(data)
    return "word/document.xml" in names and not any(n.endswith("vbaProject.bin") for n in names)


def _is_open(data: bytes) -> bool:
    # The first member of the archive is its type, stored as it is, at a place that never moves.
    return _zipped(data) != () and data[38 : 38 + len(_OPEN) + 2] == _OPEN.encode() + b"PK"


def _zipped(data: bytes) -> tuple[str, ...]:
    if not data.startswith(b"PK\x03\x04"):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return ()


def _is_mail(data: bytes) -> bool:
    head = data.decode(errors="replace").replace("\r\n", "\n").partition("\n\n")[0]
    lines = [line for line in head.split("\n") if not line.startswith((" ", "\t"))]
    names = {line.partition(":")[0].lower() for line in lines}
    return _is_text(data) and all(map(_HEADER.match, lines)) and {"from", "date"} <= names


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(char >= " " or char in _PLAIN_SPACE for char in text)


_TESTS: Mapping[str, Callable[[bytes], bool]] = {  # the most particular first
    "application/pdf": lambda data: data.startswith(b"%PDF-"),
    "image/png": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": lambda data: data.startswith(b"\xff\xd8\xff"),
    _OFFICE: _is_office,
    _OPEN: _is_open,
    "message/rfc822": _is_mail,
    "text/plain": _is_text,
}


def file_name(name: str, media_type: str) -> str:
    """Give the file's own name, made harmless, with an ending that its content deserves."""
    last = re.split(r"[/\\]", name)[-1]
    clean = " ".join("".join(c for c in last if c.isprintable()).split()).strip(". ")
    endings = _ENDINGS[media_type]
    if clean.lower().endswith(endings):
        stem, dot, ending = clean.rpartition(".")
        return f"{stem[: LONGEST_NAME - len(ending) - 1] or 'document'}{dot}{ending}"
    return f"{clean[: LONGEST_NAME - len(endings[0])] or 'document'}{endings[0]}"
