"""Answers that authority.toml, the register of clauses and the clocks give."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from engine.compare.evidence import Evidence, Reader
from engine.compare.limits import limit_in, limit_of
from engine.definitions.model import Clause, Element
from engine.identifiers import listed

Find = Callable[[Reader], Iterator[Evidence]]


def several(*finds: Find) -> Find:
    """What each of these finds, one after the other."""
    return lambda reader: (found for find in finds for found in find(reader))


def label(*names: str) -> Find:
    """What authority.toml calls it."""
    return lambda reader: (
        Evidence(value=reader.definition.labels[name])
        for name in names
        if name in reader.definition.labels
    )


def said(
    words: str = "",
    *,
    kinds: Collection[str] = (),
    flows: Collection[str] = (),
    strengths: Collection[str] = (),
    section: str = "",
    but: str = "^$",
) -> Find:
    """The clauses of the register that speak of it, in its own words for what they require."""
    wanted, unwanted, within = (re.compile(text, re.IGNORECASE) for text in (words, but, section))

    def is_meant(clause: Clause) -> bool:
        limits = ((kinds, clause.kind), (flows, clause.flow), (strengths, clause.strength))
        if any(allowed and value not in allowed for allowed, value in limits):
            return False
        told = clause.requirement
        is_within = bool(within.search(clause.section))
        return is_within and bool(wanted.search(told)) and not unwanted.search(told)

    def find(reader: Reader) -> Iterator[Evidence]:
        for clause in filter(is_meant, reader.register()):
            found = reader.clause(clause)
            if found:
                yield found

    return find


def ordinary(find: Find) -> Find:
    """What it finds in the main text, without what stands under the headings of special ways."""
    return lambda reader: (found for found in find(reader) if not found.text)


def with_limit(reader: Reader) -> Iterator[Evidence]:
    """The clauses that set a limit of hours or days; a question decided by then sets none."""
    for clause in reader.register():
        is_meant = clause.deadline not in ("", "PT0S") and clause.kind != "decision"
        found = reader.clause(clause) if is_meant else None
        if found:
            yield found


def beside(told: Collection[str]) -> Find:
    """The clauses of the procedure whose words are not among those told."""
    everything = "\n".join(told)

    def find(reader: Reader) -> Iterator[Evidence]:
        for clause in reader.register():
            is_told = clause.national or clause.requirement in everything
            found = None if is_told else reader.clause(clause)
            if found:
                yield found

    return find


def at_once(reader: Reader) -> Iterator[Evidence]:
    """The clauses that ask for something at once."""
    for clause in reader.register():
        found = reader.clause(clause) if clause.deadline == "PT0S" else None
        if found:
            yield replace(found, value=f"At once: {found.value}")


def limit(name: str, words: str = "^$") -> Find:
    """The clocks of that name; `words` find a national rule's, which no diagram keeps."""
    meant = re.compile(words, re.IGNORECASE)

    def find(reader: Reader) -> Iterator[Evidence]:
        calendar = reader.definition.calendar
        for process, element in reader.elements():
            kept = limit_of(element.properties, calendar) if element.deadline_name == name else None
            if kept:
                found = reader.at(process, element, kept.words())
                told = [_requirement(reader, each) for each in found.clauses]
                text = " ".join((*told, *_assumed(reader, element)))
                yield replace(found, text=text, limit=kept, strength=kept.strength)
        if not reader.definition.processes:
            yield from _national(reader, meant)

    return find


def _national(reader: Reader, meant: re.Pattern[str]) -> Iterator[Evidence]:
    for clause in reader.register():
        set_by = limit_in(clause.deadline, clause.strength, reader.definition.calendar)
        found = reader.clause(clause) if meant.search(clause.requirement) else None
        if set_by and found:
            yield replace(found, value=set_by.words(), text=clause.requirement, limit=set_by)


def _assumed(reader: Reader, element: Element) -> Iterator[str]:
    """What is read into the clause, such as a start that it does not state."""
    for key in listed(element.properties.get("source.assumption")):
        if key in reader.definition.assumptions:
            yield f"Assumed ({key}): {reader.definition.assumptions[key]}"


def _requirement(reader: Reader, clause: str) -> str:
    known = reader.definition.clauses.get(clause)
    return known.requirement if known else ""


def office_hours(reader: Reader) -> Iterator[Evidence]:
    """When the office is open, and whether that is assumed."""
    calendar: dict[str, Any] = reader.definition.settings.get("calendar", {})
    spans: dict[str, list[str]] = {}
    for day, span in calendar.get("office_hours", {}).items():
        spans.setdefault(span, []).append(day.capitalize())
    if spans:
        hours = ", ".join(f"{' '.join(days)} {span}" for span, days in spans.items())
        yield Evidence(value=f"{hours} (assumed)" if calendar.get("assumed") else hours)


def out_of_hours(reader: Reader) -> Iterator[Evidence]:
    """Who serves while the office is closed."""
    service = reader.definition.settings.get("out_of_hours", {}).get("service")
    if service:
        yield Evidence(value=service)
