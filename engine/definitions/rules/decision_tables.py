"""Decision tables judged without running them: gaps, overlaps, rules that never apply."""

from collections.abc import Iterator, Sequence
from typing import Final

from engine.definitions.model import Vocabulary
from engine.definitions.problems import Finding
from engine.dmn import Model
from engine.dmn.check import Fault, Kind, Known, check

Faults = Sequence[Fault]
_FEEL_KINDS: Final = {"enum": "string", "datetime": "string"}  # an instant is kept as its text


def faults_of(model: Model, words: Vocabulary | None) -> Faults:
    """What is wrong with a model's tables, where inputs that are facts have the facts' values."""
    facts = words.facts.values() if words else ()
    return check(
        model,
        {f.id: Known(kind=_FEEL_KINDS.get(f.type, f.type), values=f.values) for f in facts},
    )


def table_gaps(faults: Faults) -> Iterator[Finding]:
    """Every input that can be given has a rule, unless there is a default or the table collects."""
    return _of(faults, "gap")


def table_overlaps(faults: Faults) -> Iterator[Finding]:
    """No two rules of a UNIQUE table match the same input."""
    return _of(faults, "overlap")


def table_conflicts(faults: Faults) -> Iterator[Finding]:
    """Rules of an ANY table that match the same input give the same output."""
    return _of(faults, "conflict")


def table_unreachable(faults: Faults) -> Iterator[Finding]:
    """A cell tests only for values that its input may have."""
    return _of(faults, "unreachable")


def table_shadowed(faults: Faults) -> Iterator[Finding]:
    """No rule of a FIRST or PRIORITY table is hidden behind those that come before it."""
    return _of(faults, "shadowed")


def table_types(faults: Faults) -> Iterator[Finding]:
    """Cells are of the type of their column, or of the fact that it reads; so are outputs."""
    return _of(faults, "type")


def table_duplicates(faults: Faults) -> Iterator[Finding]:
    """No rule says the same as another."""
    return _of(faults, "duplicate")


def table_unused(faults: Faults) -> Iterator[Finding]:
    """Some rule depends on every input, and some rule gives every allowed output."""
    return _of(faults, "unused")


def table_unproved(faults: Faults) -> Iterator[Finding]:
    """Cells compare their input with constants: gaps and overlaps through others are not found."""
    return _of(faults, "unproved")


def table_large(faults: Faults) -> Iterator[Finding]:
    """A table has at most 200 rules and 10 inputs."""
    return _of(faults, "large")


def _of(faults: Faults, kind: Kind) -> Iterator[Finding]:
    return (
        Finding(element=fault.element, message=fault.sentence)
        for fault in faults
        if fault.kind == kind
    )
