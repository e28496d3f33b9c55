"""Clauses: the register of a procedure, who cites it, and how much of it is covered."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.definitions import source as reading
from engine.definitions.model import AuthorityDefinition, Clause, Form, ProcessDefinition
from engine.definitions.problems import unreadable
from engine.definitions.used import used_decisions, used_forms, used_processes
from engine.dmn import Model
from engine.identifiers import listed

COLUMNS = ("id", "section", "flow", "kind", "strength", "deadline", "requirement",
           "guidance_reason")  # fmt: skip

_ID = r"[A-Z]{1,5}-?[0-9]{1,4}"
_LEADING = re.compile(rf"\s*({_ID}(?:\s*,\s*{_ID})*)(?![A-Za-z0-9])")


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How much of an authority's own register is cited; `unknown` are ids that no register has."""

    total: int
    covered: int
    guidance: tuple[Clause, ...]
    uncovered: tuple[str, ...]
    unknown: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The figures and lists as JSON data, in the contract's words."""
        return {
            "total": self.total,
            "covered": self.covered,
            "guidance": [{"id": c.id, "reason": c.guidance_reason} for c in self.guidance],
            "uncovered": list(self.uncovered),
            "unknown": list(self.unknown),
        }


@dataclass(frozen=True, kw_only=True)
class Citation:
    """Who cites what: a file, the element, row or field in it, and the ids it names."""

    file: str
    element: str | None
    clauses: tuple[str, ...]
    assumptions: tuple[str, ...] = ()


def read_clauses(source: bytes, *, file: str, national: bool) -> dict[str, Clause]:
    """The register by clause id; raises `Unusable` for a file that is no register."""
    rows = csv.DictReader(io.StringIO(reading.read_text(source, file=file)), strict=True)
    result: dict[str, Clause] = {}
    try:
        if tuple(rows.fieldnames or ()) != COLUMNS:
            message = f"The columns are not {', '.join(COLUMNS)}, in this order."
            raise unreadable(file, "clauses_file", message)
        for row in rows:
            clause = _clause(row, file=file, line=rows.line_num, national=national)
            if clause.id in result:
                message = f"Line {rows.line_num}: the clause {clause.id} is there twice."
                raise unreadable(file, "clauses_file", message, clause.id)
            result[clause.id] = clause
    except csv.Error as error:
        raise unreadable(file, "clauses_file", f"The file is not CSV: {error}.") from error
    return result


def cited_in(description: str) -> tuple[str, ...]:
    """The clause ids at the start of a table row's description."""
    return row_citations(description)[0]


def row_citations(description: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The clause ids and the assumption keys at the start of a table row's description."""
    match = _LEADING.match(description)
    ids = listed(match.group(1)) if match else ()
    return tuple(i for i in ids if "-" in i), tuple(i for i in ids if "-" not in i)


def citations(definition: AuthorityDefinition) -> Iterator[Citation]:
    """Every citation in the parts of the authority that a case can reach."""
    for process in used_processes(definition):
        yield from process_citations(process)
    for form in used_forms(definition):
        yield from form_citations(form)
    used = set(used_decisions(definition))
    for file, model in models(definition):
        if used.intersection(model.decisions):
            yield from decision_citations(model, file=file)


def process_citations(process: ProcessDefinition) -> Iterator[Citation]:
    """What the elements of a process cite."""
    for element in process.elements.values():
        assumptions = listed(element.properties.get("source.assumption"))
        if element.clauses or assumptions:
            yield Citation(
                file=process.file,
                element=element.id,
                clauses=element.clauses,
                assumptions=assumptions,
            )


def form_citations(form: Form) -> Iterator[Citation]:
    """What the fields and help texts of a form cite, those in lists too."""
    pending = list(form.fields[::-1])
    while pending:
        field = pending.pop()
        pending.extend(field.fields[::-1])
        assumptions = listed(field.properties.get("source.assumption"))
        if field.clauses or assumptions:
            yield Citation(
                file=form.file, element=field.key, clauses=field.clauses, assumptions=assumptions
            )


def models(definition: AuthorityDefinition) -> Iterator[tuple[str, Model]]:
    """The authority's DMN files, each with what it holds."""
    for path in definition.sources:
        stem, dot, suffix = path.rpartition("/")[2].rpartition(".")
        if dot and suffix == "dmn" and stem in definition.decisions:
            yield path, definition.decisions[stem]


def decision_citations(model: Model, *, file: str) -> Iterator[Citation]:
    """What the rows of a model's tables cite; a row that cites nothing has none of either."""
    for decision in model.decisions.values():
        for rule in decision.table.rules if decision.table else ():
            clauses, assumptions = row_citations(rule.description)
            yield Citation(file=file, element=rule.id, clauses=clauses, assumptions=assumptions)


def clause_coverage(definition: AuthorityDefinition) -> Coverage:
    """Which clauses of the authority's own register are cited, and which are guidance."""
    cited = {clause: None for citation in citations(definition) for clause in citation.clauses}
    own = {key: clause for key, clause in definition.clauses.items() if not clause.national}
    guidance = [c for c in own.values() if c.guidance_reason and c.id not in cited]
    left = {*cited, *(clause.id for clause in guidance)}
    return Coverage(
        total=len(own),
        covered=sum(1 for key in own if key in cited),
        guidance=tuple(guidance),
        uncovered=tuple(key for key in own if key not in left),
        unknown=tuple(key for key in cited if key not in definition.clauses),
    )


def _clause(row: Mapping[str, str | None], *, file: str, line: int, national: bool) -> Clause:
    values = {name: row.get(name) for name in COLUMNS}
    if None in values.values() or None in row:
        message = f"Line {line} has not {len(COLUMNS)} columns."
        raise unreadable(file, "clauses_file", message)
    texts = {name: (value or "").strip() for name, value in values.items()}
    return Clause(national=national, **texts)
