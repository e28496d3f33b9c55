"""Answers that the elements and forms of diagrams give: who does what, and where it is asked."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from engine.compare.difference import spoken
from engine.compare.evidence import Evidence, Reader
from engine.compare.finding import Find
from engine.compare.naming import role_label
from engine.definitions.model import Element


def asked(*facts: str) -> Find:
    """The questions of forms that ask for one of the facts, as they are put."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for asking in reader.asking():
            if asking.field.key in facts:
                at = asking.element.name or spoken(asking.element.id)
                value = asking.field.label or spoken(asking.field.key or "")
                text = ", ".join(filter(None, (f"at “{at}”", asking.assumed)))
                yield replace(reader.put(asking, value), text=text)

    return find


def asked_at(fact: str) -> Find:
    """The elements at which a fact is asked for."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for asking in reader.asking():
            if asking.field.key == fact:
                at = asking.element.name or spoken(asking.element.id)
                yield replace(reader.put(asking, at), text=asking.assumed)

    return find


def options(fact: str) -> Find:
    """What a question offers to choose from."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for asking in reader.asking():
            for option in asking.field.options if asking.field.key == fact else ():
                text = ", ".join(filter(None, (f"“{option.label}”", asking.assumed)))
                yield replace(reader.put(asking, spoken(str(option.value))), text=text)

    return find


def who(is_wanted: Callable[[Element], object]) -> Find:
    """Who does it: the roles of such elements."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for process, element in reader.elements():
            role = role_label(reader.definition, element.role) or element.lane
            if role and is_wanted(element):
                text = f"at “{element.name or spoken(element.id)}”"
                yield replace(reader.at(process, element, role), text=text)

    return find


def who_asks(*facts: str, task: bool = True) -> Find:
    """Who answers one of these questions: the roles of the tasks that put them."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for asking in reader.asking():
            role = role_label(reader.definition, asking.element.role)
            if asking.field.key in facts and role:
                name = asking.element.name or spoken(asking.element.id)
                clauses = tuple(dict.fromkeys((*asking.element.clauses, *asking.field.clauses)))
                found = replace(reader.put(asking, role), clauses=clauses)
                yield replace(found, value=f"{role} ({name})" if task else role, text="")

    return find


def notice(*recipients: str, kinds: Collection[str] = ()) -> Find:
    """The notices to somebody, by the name of the element that sends them."""

    def is_wanted(element: Element) -> bool:
        told = element.properties.get("notify.recipient")
        return told in recipients and (not kinds or element.properties.get("notify.kind") in kinds)

    return lambda reader: reader.where(is_wanted)


def who_tells(*recipients: str, kinds: Collection[str] = ()) -> Find:
    """Who sends the notices: the roles in whose lanes they stand."""

    def is_wanted(element: Element) -> bool:
        told = element.properties.get("notify.recipient")
        return told in recipients and (not kinds or element.properties.get("notify.kind") in kinds)

    return who(is_wanted)


def record(*names: str) -> Find:
    """Where one of these records is made."""
    return lambda reader: reader.where(
        lambda e: "record" in e.properties and not reader.words(e, "record").isdisjoint(names)
    )


def outcome(name: str) -> Find:
    """Where a case comes to an outcome."""
    return lambda reader: reader.where(
        lambda e: "outcome" in e.properties and name in reader.words(e, "outcome")
    )


def message(name: str) -> Find:
    """Where a message is waited for."""
    return lambda reader: reader.where(lambda e: e.event == "message" and e.event_reference == name)


def roles(reader: Reader) -> Iterator[Evidence]:
    """The roles that act, each at the first of its elements."""
    seen: set[str] = set()
    found = {}
    for process, element in reader.elements():
        if element.role and element.role not in seen:
            seen.add(element.role)
            found[element.role] = (process, element)
    for role, name in reader.definition.roles.items():
        if role in found:
            process, element = found[role]
            yield replace(reader.at(process, element, name), clauses=())


def tasks(flow: str) -> Find:
    """The user tasks of a flow, each with who does it."""

    def find(reader: Reader) -> Iterator[Evidence]:
        for process, element in reader.elements():
            if process == flow and element.kind == "userTask":
                role = role_label(reader.definition, element.role)
                yield reader.at(process, element, f"{element.name} ({role})")

    return find


def flow_of(flow: str) -> Find:
    """Whether there is a diagram for the flow, by its name."""

    def find(reader: Reader) -> Iterator[Evidence]:
        process = reader.definition.processes.get(flow)
        if process and flow in reader.scope.processes:
            yield Evidence(value=process.name or spoken(flow), part=flow, element=flow)

    return find
