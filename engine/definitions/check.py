"""Checks files and folders wherever they lie."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from engine.definitions import folders
from engine.definitions.authority import assemble, from_stored
from engine.definitions.examples import table_of
from engine.definitions.model import AuthorityDefinition, Problem, Vocabulary
from engine.definitions.parse import parse_diagram
from engine.definitions.problems import Unusable, unreadable
from engine.definitions.validate import (
    assembly_problems,
    diagram_problems,
    form_problems,
    table_problems,
)
from engine.definitions.vocabulary import read_vocabulary
from engine.errors import NotFound

SUFFIXES = (".bpmn", ".dmn", ".form")
DEFAULT = ("bpmn", "dmn")


def check_paths(paths: Sequence[Path], root: Path) -> list[Problem]:
    """All problems of these files and folders; of bpmn/ and dmn/ under `root` if none is named.

    Raises NotFound for a path that does not exist.
    """
    base = _plain(root)
    wanted = [_plain(path) for path in paths] or [base / name for name in DEFAULT]
    for path in wanted:
        if paths and not (path.is_file() or path.is_dir()):
            raise NotFound(f"There is no file or folder {path}.")
    inside = [path for path in wanted if _is_inside(path, base)]
    words = _vocabulary(base)
    problems = [
        *(_inside_problems(inside, base) if inside else ()),
        *(p for f in _files(wanted, base) for p in _path_problems(f, base, words, inside=False)),
    ]
    return list(dict.fromkeys(problems))


def load_authority(root: Path, authority_id: str) -> AuthorityDefinition:
    """The authority's definition; raises `Unusable` with every problem if one is an error."""
    return from_sources(folders.read_sources(root, authority_id), authority_id)


def read_authority(root: Path, authority_id: str) -> AuthorityDefinition:
    """What the files say, be it right or not; raises `Unusable` for files that cannot be read.

    For drafts: they are read and compared before they pass every rule.
    """
    return from_stored(folders.read_sources(root, authority_id), authority_id)


def from_sources(sources: Mapping[str, bytes], authority_id: str) -> AuthorityDefinition:
    """The definition that these files make; raises `Unusable` if a problem is an error."""
    assembly = assemble(sources, authority_id)
    problems = assembly_problems(assembly)
    if assembly.definition is None or any(problem.severity == "error" for problem in problems):
        raise Unusable(problems)
    return assembly.definition


def load_all(root: Path) -> dict[str, AuthorityDefinition]:
    """Every authority under `root` by its id; raises `Unusable` if one has an error."""
    return {name: load_authority(root, name) for name in folders.authority_ids(root)}


def _plain(path: Path) -> Path:
    """The absolute path without `..`; a link keeps its own name."""
    return Path(os.path.abspath(path))


def _is_inside(path: Path, base: Path) -> bool:
    return any(path.is_relative_to(base / name) or base.is_relative_to(path) for name in DEFAULT)


def _inside_problems(wanted: Sequence[Path], base: Path) -> Iterator[Problem]:
    known = folders.authority_ids(base)
    asked = {folders.authority_of(_relative(path, base) + "/x") for path in wanted}
    everything = not asked.issubset(known)  # shared files and the vocabulary concern all
    for authority_id in known:
        if everything or authority_id in asked:
            yield from _authority_problems(authority_id, wanted, base)
    yield from _left_over(wanted, base, known)


def _authority_problems(authority_id: str, wanted: Sequence[Path], base: Path) -> Iterator[Problem]:
    if not folders.is_authority_id(authority_id):
        message = f"The folder {authority_id!r} is no authority's id: write small letters and _."
        yield from unreadable(f"bpmn/{authority_id}", "folder_name", message).problems
        return
    try:
        sources = folders.read_sources(base, authority_id)
    except Unusable as error:
        yield from error.problems
        return
    for problem in assembly_problems(assemble(sources, authority_id)):
        places = (base / problem.file, base / table_of(problem.file))
        if any(place.is_relative_to(path) for place in places for path in wanted):
            yield problem


def _left_over(wanted: Sequence[Path], base: Path, known: Sequence[str]) -> Iterator[Problem]:
    """Files that no authority reads: out of place, or shared where there is no authority."""
    words = _vocabulary(base)
    for path in _expanded(wanted):
        file = _relative(path, base)
        if not _is_inside(path, base) or path.suffix not in SUFFIXES:
            continue
        authority_id = folders.authority_of(file)
        if authority_id is None or not folders.is_in_place(file):
            message = "Nothing looks for the file here. Move it into an authority's folder."
            yield from unreadable(file, "file_place", message).problems
        elif authority_id not in known or authority_id == folders.SHARED:
            yield from _path_problems(path, base, words, inside=True)


def _files(wanted: Sequence[Path], base: Path) -> Iterator[Path]:
    return (path for path in _expanded(wanted) if not _is_inside(path, base))


def _expanded(wanted: Iterable[Path]) -> Iterator[Path]:
    for path in wanted:
        if path.is_dir():
            found = (item for item in path.rglob("*") if item.suffix in SUFFIXES)
            yield from sorted(item for item in found if item.is_file())
        elif path.is_file():
            yield path


def _path_problems(
    path: Path, base: Path, words: Vocabulary | None, *, inside: bool
) -> Iterator[Problem]:
    try:
        source = folders.read_bounded(path)
    except Unusable as error:
        yield from error.problems
        return
    yield from _file_problems(source, file=_relative(path, base), words=words, inside=inside)


def _file_problems(
    source: bytes, *, file: str, words: Vocabulary | None, inside: bool
) -> Iterator[Problem]:
    try:
        if file.endswith(".bpmn"):
            diagram = parse_diagram(source, file=file)
            yield from diagram_problems(diagram, words, inside=inside)
        elif file.endswith(".form"):
            yield from form_problems(source, file=file, inside=inside)
        elif file.endswith(".dmn"):
            yield from table_problems(source, words if inside else None, file=file, inside=inside)
        else:
            message = f"Only {', '.join(SUFFIXES)} files are checked."
            raise unreadable(file, "file_place", message)
    except Unusable as error:
        yield from error.problems


def _vocabulary(base: Path) -> Vocabulary | None:
    path = base / folders.VOCABULARY
    if not path.is_file():
        return None
    try:
        return read_vocabulary(folders.read_bounded(path), file=folders.VOCABULARY)
    except Unusable:
        return None  # the authorities' check says what is wrong with it


def _relative(path: Path, base: Path) -> str:
    return (path.relative_to(base) if path.is_relative_to(base) else path).as_posix()
