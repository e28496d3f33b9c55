"""Finds the DMN files that a file imports: only beside it, never elsewhere."""

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from engine.dmn.model import ModelInvalid
from engine.dmn.source import read_definitions

Folder = Callable[[str, str], "tuple[str, etree._Element] | None"]
MAX_FILES = 50


def nothing(namespace: str, location: str) -> None:
    """A folder without files."""
    return


def folder_of(path: Path) -> Folder:
    """The DMN files beside a path: found by their namespace, the named one tried first."""

    def find(namespace: str, location: str) -> tuple[str, etree._Element] | None:
        for place in _candidates(path, location):
            try:
                root = read_definitions(place.read_bytes(), file=str(place))
            except ModelInvalid:
                continue
            if root.get("namespace") == namespace:
                return str(place), root
        return None

    return find


def _candidates(path: Path, location: str) -> Iterator[Path]:
    named = path.parent / PurePosixPath(location).name
    if location and named.is_file():
        yield named
    others = sorted(other for other in path.parent.glob("*.dmn") if other != path)
    yield from others[:MAX_FILES]
