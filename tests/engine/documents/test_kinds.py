"""What type a file is, told by its bytes."""

import pytest

from engine.documents import MOST_BYTES, NotKept, media_type_of
from engine.documents.kinds import LONGEST_NAME, file_name
from tests.engine.documents import samples


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (samples.PDF, "application/pdf"),
        (samples.PNG, "image/png"),
        (samples.JPEG, "image/jpeg"),
        (
            samples.OFFICE,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (samples.open_document(), "application/vnd.oasis.opendocument.text"),
        (samples.MAIL, "message/rfc822"),
        (samples.TEXT, "text/plain"),
        (b"Dear: colleague\n\nno header of a message\n", "text/plain"),
    ],
)
def test_the_bytes_say_the_type(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03",  # a program
        samples.zipped("a.txt"),
        samples.zipped("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 no archive",
        b"GIF89a\x01\x00",
        b"text with\x00a gap",
        b"\xff\xfe\x00",
    ],
)
def test_any_other_type_is_refused_with_those_that_are_kept(content: bytes) -> None:
    with pytest.raises(NotKept, match="These are: PDF, PNG, JPEG"):
        media_type_of(content)


def test_a_file_is_neither_empty_nor_too_large() -> None:
    with pytest.raises(NotKept, match="is empty"):
        media_type_of(b"")
    with pytest.raises(NotKept, match=r"has 1\.2 MB; it may have at most 1 MB"):
        media_type_of(b"x" * 1_200_000)
    assert media_type_of(b"x" * MOST_BYTES) == "text/plain"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Letter of 3 March.pdf", "Letter of 3 March.pdf"),
        ("LETTER.PDF", "LETTER.PDF"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("report.exe", "report.exe.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("..", "document.pdf"),
        ("", "document.pdf"),
    ],
)
def test_a_name_is_harmless_and_ends_as_its_content_deserves(name: str, kept: str) -> None:
    assert file_name(name, "application/pdf") == kept


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = file_name("x" * 400 + ".jpeg", "image/jpeg")

    assert len(name) == LONGEST_NAME
    assert name.endswith("x.jpeg")
