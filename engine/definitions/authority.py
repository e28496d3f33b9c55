"""Puts an authority's files together: from bytes by path to one immutable definition."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from engine import dmn
from engine.definitions import folders
from engine.definitions import source as reading
from engine.definitions.clauses import read_clauses
from engine.definitions.diagram import Diagram
from engine.definitions.forms import parse_form
from engine.definitions.model import (
    AuthorityDefinition,
    Clause,
    Form,
    Problem,
    ProcessDefinition,
    Vocabulary,
)
from engine.definitions.parse import parse_diagram
from engine.definitions.problems import Finding, Unusable, problem_of, unreadable
from engine.definitions.settings import Settings, read_assumptions, read_settings
from engine.definitions.vocabulary import read_vocabulary

MAX_TABLE_TEXT = 100_000
Read = TypeVar("Read")


@dataclass(kw_only=True)
class Assembly:
    """An authority's files as far as they could be read, and why some could not."""

    authority_id: str
    sources: Mapping[str, bytes]
    problems: list[Problem] = field(default_factory=list)
    diagrams: dict[str, Diagram] = field(default_factory=dict)  # by path
    models: dict[str, dmn.Model] = field(default_factory=dict)  # by path
    forms: dict[str, Form] = field(default_factory=dict)  # by path
    definition: AuthorityDefinition | None = None


def assemble(sources: Mapping[str, bytes], authority_id: str) -> Assembly:
    """Read everything that can be read; `definition` is None without the files all else needs."""
    result = Assembly(authority_id=authority_id, sources=sources)
    result.diagrams = _all(result, ".bpmn", parse_diagram)
    result.forms = _all(result, ".form", parse_form)
    result.models = _all(result, ".dmn", read_model)
    result.definition = _definition(result)
    return result


def from_stored(sources: Mapping[str, bytes], authority_id: str) -> AuthorityDefinition:
    """The definition that a deployed version's files make; only unreadable files are refused.

    The rules of today do not hold for what was deployed under those of yesterday.
    """
    assembly = assemble(sources, authority_id)
    if assembly.definition is None or assembly.problems:
        raise Unusable(assembly.problems)
    return assembly.definition


def fingerprint(sources: Mapping[str, bytes]) -> str:
    """The name of this version: the SHA-256 of every path and its content."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        for part in (path.encode(), sources[path]):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def read_model(source: bytes, *, file: str) -> dmn.Model:
    """A DMN file's decisions; raises `Unusable` with what is wrong with them."""
    root = reading.read_xml(source, file=file)
    total = sum(len(node.text or "") for node in root.iter("{*}text"))
    if total > MAX_TABLE_TEXT:
        message = f"The tables have {total:,} letters, more than {MAX_TABLE_TEXT:,}. Split them."
        raise unreadable(file, "dmn", message)
    try:
        return dmn.parse(source, file=file)
    except dmn.ModelInvalid as error:
        raise Unusable(
            problem_of(
                Finding(element=element, message=message), file=file, rule="dmn", severity="error"
            )
            for element, message in error.problems
        ) from error


def _definition(assembly: Assembly) -> AuthorityDefinition | None:
    sources, authority_id = assembly.sources, assembly.authority_id
    base = f"bpmn/{authority_id}"
    settings = _read(assembly, f"{base}/{folders.SETTINGS}", read_settings)
    vocabulary = _read(assembly, folders.VOCABULARY, read_vocabulary)
    clauses = _clauses(assembly)
    shared = (
        _read(assembly, folders.SHARED_ASSUMPTIONS, read_assumptions)
        if folders.SHARED_ASSUMPTIONS in sources
        else {}
    )
    if settings is None or vocabulary is None or clauses is None or shared is None:
        return None
    assumptions = {**shared, **settings.assumptions}
    return _put_together(assembly, settings, vocabulary, clauses, assumptions)


def _put_together(
    assembly: Assembly,
    settings: Settings,
    vocabulary: Vocabulary,
    clauses: Mapping[str, Clause],
    assumptions: Mapping[str, str],
) -> AuthorityDefinition:
    return AuthorityDefinition(
        id=assembly.authority_id,
        name=settings.name,
        labels=settings.labels,
        document=settings.document,
        roles=settings.roles,
        assumptions=assumptions,
        settings=settings.rest,
        calendar=settings.calendar,
        processes=_processes(assembly),
        decisions={key: m for m in assembly.models.values() for key in m.decisions},
        forms={form.id: form for form in assembly.forms.values()},
        clauses=clauses,
        vocabulary=vocabulary,
        sources=dict(assembly.sources),
        fingerprint=fingerprint(assembly.sources),
    )


def _processes(assembly: Assembly) -> dict[str, ProcessDefinition]:
    return {p.id: p for diagram in assembly.diagrams.values() for p in diagram.processes}


def _clauses(assembly: Assembly) -> dict[str, Clause] | None:
    result: dict[str, Clause] = {}
    own = f"bpmn/{assembly.authority_id}/{folders.CLAUSES}"
    for path, national in ((folders.SHARED_CLAUSES, True), (own, False)):
        if national and path not in assembly.sources:
            continue
        register = _read(
            assembly, path, lambda s, *, file, n=national: read_clauses(s, file=file, national=n)
        )
        if register is None:
            return None
        result.update(register)
    return result


def _all(assembly: Assembly, suffix: str, read: Callable[..., Read]) -> dict[str, Read]:
    paths = sorted(path for path in assembly.sources if path.endswith(suffix))
    found = ((path, _read(assembly, path, read)) for path in paths)
    return {path: value for path, value in found if value is not None}


def _read(assembly: Assembly, path: str, read: Callable[..., Read]) -> Read | None:
    try:
        if path not in assembly.sources:
            raise unreadable(path, "missing_file", "The file is missing.")
        return read(assembly.sources[path], file=path)
    except Unusable as error:
        assembly.problems.extend(error.problems)
        return None
