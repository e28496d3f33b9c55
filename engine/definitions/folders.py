"""Where an authority's files lie: which paths make up its definition, and what shared/ adds."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from engine.definitions.problems import unreadable
from engine.definitions.source import MAX_BYTES
from engine.errors import NotFound

SHARED = "shared"
VOCABULARY = "bpmn/vocabulary.toml"
SHARED_CLAUSES = "bpmn/shared/clauses.csv"
SHARED_ASSUMPTIONS = "bpmn/shared/assumptions.toml"
SETTINGS = "authority.toml"
CLAUSES = "clauses.csv"

_AUTHORITY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_PATTERNS = ("*.bpmn", "forms/*.form")
_PLACES = {".bpmn": "bpmn", ".form": "bpmn/forms", ".dmn": "dmn"}
_COMMON = (VOCABULARY, SHARED_CLAUSES, SHARED_ASSUMPTIONS)


def authority_ids(root: Path) -> list[str]:
    """The authorities that have a folder under `bpmn/`, in order of their ids."""
    folders = (path.name for path in (root / "bpmn").glob("*/") if path.is_dir())
    return sorted(name for name in folders if name != SHARED and not name.startswith("."))


def is_authority_id(name: str) -> bool:
    """Whether a folder of that name can be an authority."""
    return bool(_AUTHORITY.fullmatch(name)) and name != SHARED


def read_sources(root: Path, authority_id: str) -> dict[str, bytes]:
    """All files that define the authority, by path relative to `root`; shared ones included."""
    if not is_authority_id(authority_id) or not (root / "bpmn" / authority_id).is_dir():
        raise NotFound(f"There is no authority {authority_id!r}: bpmn/{authority_id}/ is missing.")
    found: dict[str, Path] = {}
    for folder in (SHARED, authority_id):  # the authority's own file replaces the shared one
        for path in _files(root, folder):
            place = _place(path.relative_to(root))
            if place.endswith(".dmn"):
                found.pop(_examples_of(place), None)  # what was shared is about another table
            found[place] = path
    own = [root / "bpmn" / authority_id / name for name in (SETTINGS, CLAUSES)]
    paths = [*(root / name for name in _COMMON), *own, *found.values()]
    return {
        path.relative_to(root).as_posix(): read_bounded(path)
        for path in sorted(paths)
        if path.is_file()
    }


def read_bounded(path: Path) -> bytes:
    """The file's bytes, or as many as it takes to see that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror}."
        raise unreadable(str(path), "missing_file", message) from error


def authority_of(path: str) -> str | None:
    """The folder under `bpmn/` or `dmn/` that a path lies in, if it lies in one."""
    kind, *inside = PurePosixPath(path).parts or ("",)
    folder = inside[0] if inside[1:] else ""
    known = kind in ("bpmn", "dmn") and folder and not folder.startswith(".")
    return folder if known else None


def is_in_place(path: str) -> bool:
    """Whether a diagram, form or table lies where it is looked for."""
    kind, _, *inside = PurePosixPath(path).parts
    place = "/".join((kind, *inside[:-1]))
    return place == _PLACES.get(PurePosixPath(path).suffix)


def _files(root: Path, folder: str) -> Iterator[Path]:
    for pattern in _PATTERNS:
        yield from (root / "bpmn" / folder).glob(pattern)
    yield from (root / "dmn" / folder).glob("*.dmn")
    yield from (root / "dmn" / folder).glob("*.examples.toml")


def _examples_of(table: str) -> str:
    return f"{table.removesuffix('.dmn')}.examples.toml"


def _place(path: Path) -> str:
    """The path without the authority's folder: what a shared file stands in for."""
    kind, _, *inside = path.parts
    return "/".join((kind, *inside))
