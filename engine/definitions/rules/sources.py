"""Sources: everything that a procedure demands is cited, and everything done cites its clause."""

from collections.abc import Iterator

from engine.definitions.clauses import (
    Citation,
    clause_coverage,
    decision_citations,
    form_citations,
    models,
    process_citations,
)
from engine.definitions.model import AuthorityDefinition, Element, ProcessDefinition
from engine.definitions.problems import Finding
from engine.definitions.rules.deadlines import STRENGTHS, is_deadline
from engine.definitions.rules.flows import decides
from engine.definitions.used import own_processes

NEVER_GUIDANCE = ("deadline", "authorisation", "notification", "route")
_STRENGTHS = (*STRENGTHS, "must_not")


def known_clauses(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A clause that is cited is in the register."""
    for citation in _all_citations(authority):
        for clause in citation.clauses:
            if clause not in authority.clauses:
                message = f"The clause {clause[:60]!r} is not in clauses.csv."
                yield Finding(file=citation.file, element=citation.element, message=message)


def known_assumptions(authority: AuthorityDefinition) -> Iterator[Finding]:
    """An assumption that is named has its sentence in authority.toml."""
    for citation in _all_citations(authority):
        for key in citation.assumptions:
            if key not in authority.assumptions:
                message = f"The assumption {key[:60]!r} has no sentence in authority.toml."
                yield Finding(file=citation.file, element=citation.element, message=message)


def uncited(authority: AuthorityDefinition) -> Iterator[Finding]:
    """User tasks, deadlines, deciding gateways, send tasks and table rows name their source."""
    for process in own_processes(authority):
        for element in process.elements.values():
            kind = _must_cite(process, element)
            if kind and not element.clauses and not element.properties.get("source.assumption"):
                message = f"The {kind} cites nothing: add source.clause or source.assumption."
                yield Finding(file=process.file, element=element.id, message=message)
    for file, model in models(authority):
        for citation in decision_citations(model, file=file):
            if not citation.clauses and not citation.assumptions:
                message = "The row cites nothing: begin its description with clause ids."
                yield Finding(file=file, element=citation.element, message=message)


def covered(authority: AuthorityDefinition) -> Iterator[Finding]:
    """Every clause of the register is cited somewhere, or says why it is guidance."""
    file = f"bpmn/{authority.id}/clauses.csv"
    for clause_id in clause_coverage(authority).uncovered:
        message = f"Nothing cites the clause {clause_id}, and it is not marked as guidance."
        yield Finding(file=file, element=clause_id, message=message)


def register(authority: AuthorityDefinition) -> Iterator[Finding]:
    """The register's words are right, and what binds the process is never marked as guidance."""
    for clause in authority.clauses.values():
        folder = "shared" if clause.national else authority.id
        file = f"bpmn/{folder}/clauses.csv"
        if clause.strength not in _STRENGTHS:
            message = f"The strength is {clause.strength!r}; write one of: {', '.join(_STRENGTHS)}."
            yield Finding(file=file, element=clause.id, message=message)
        if clause.guidance_reason and clause.kind in NEVER_GUIDANCE:
            message = f"A clause of the kind {clause.kind!r} cannot be guidance: something does it."
            yield Finding(file=file, element=clause.id, message=message)
        if not clause.requirement:
            yield Finding(file=file, element=clause.id, message="The clause says nothing.")


def strengths(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A deadline is as strong as a clause that it cites: must, should or may."""
    for process in own_processes(authority):
        for element in process.elements.values():
            cited = [authority.clauses[c] for c in element.clauses if c in authority.clauses]
            given = element.properties.get("source.strength")
            if given and cited and given not in {clause.strength for clause in cited}:
                said = ", ".join(f"{clause.id} {clause.strength}" for clause in cited)
                message = f"source.strength is {given[:60]!r}, but the register says {said}."
                yield Finding(file=process.file, element=element.id, message=message)


def limits(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A deadline is as long as the clause that it cites says, unless it names an assumption."""
    for process in own_processes(authority):
        for element in process.elements.values():
            if not is_deadline(element) or element.properties.get("source.assumption"):
                continue
            cited = [authority.clauses[c] for c in element.clauses if c in authority.clauses]
            said = {clause.deadline for clause in cited if clause.deadline}
            drawn = _duration(element)
            if said and drawn and drawn not in said:
                message = f"The deadline is {drawn}, but the register says {', '.join(said)}."
                yield Finding(file=process.file, element=element.id, message=message)


def starts(authority: AuthorityDefinition) -> Iterator[Finding]:
    """A deadline counts from something known: a datetime fact or field, a message, an element."""
    known = {
        *(fact.id for fact in authority.vocabulary.facts.values() if fact.type == "datetime"),
        *authority.vocabulary.messages,
        *(e for process in authority.processes.values() for e in process.elements),
        *(
            field.key
            for form in authority.forms.values()
            for field in form.walk()
            if field.key and field.subtype == "datetime"
        ),
    }
    for process in own_processes(authority):
        for element in process.elements.values():
            for name in ("deadline.from", "deadline.met_at"):
                given = element.properties.get(name)
                if given and given not in known:
                    message = (
                        f"{name} is {given[:60]!r}, which is no datetime fact or field, no message"
                        " and no element."
                    )
                    yield Finding(file=process.file, element=element.id, message=message)


def _must_cite(process: ProcessDefinition, element: Element) -> str | None:
    if element.kind == "userTask":
        return "user task"
    if element.kind == "sendTask":
        return "send task"
    if is_deadline(element):
        return "deadline"
    if decides(process, element):
        return "gateway"
    return None


def _all_citations(authority: AuthorityDefinition) -> Iterator[Citation]:
    for process in own_processes(authority):
        yield from process_citations(process)
    for form in authority.forms.values():
        yield from form_citations(form)
    for file, model in models(authority):
        yield from decision_citations(model, file=file)


def _duration(element: Element) -> str | None:
    amount = element.properties.get("deadline.amount", "")
    unit = element.properties.get("deadline.unit")
    if unit == "hours":
        return f"PT{amount}H"
    return f"P{amount}WD" if unit == "working-days" else None
