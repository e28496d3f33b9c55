"""The files of an invented authority, and small changes to them."""

from pathlib import Path

from engine.definitions import folders

ROOT = Path(__file__).parents[3]
FILES = Path(__file__).parent / "files"
AUTHORITY = "exampleshire"
FRONT_DOOR = "bpmn/exampleshire/front_door.bpmn"


def sources() -> dict[str, bytes]:
    """Every file of Exampleshire by its path, with the product's vocabulary."""
    vocabulary = (ROOT / folders.VOCABULARY).read_bytes()
    return {**folders.read_sources(FILES, AUTHORITY), folders.VOCABULARY: vocabulary}


def changed(path: str, before: str, after: str) -> dict[str, bytes]:
    """The files with one text replaced where it first stands in one of them."""
    files = sources()
    text = files[path].decode()
    assert before in text
    return {**files, path: text.replace(before, after, 1).encode()}


def without(path: str) -> dict[str, bytes]:
    """The files but one."""
    return {key: content for key, content in sources().items() if key != path}
