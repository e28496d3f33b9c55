"""Whole forms and tables that one side lacks, where no element that uses them tells it."""

from collections.abc import Iterator, Mapping

from engine.compare.contents import Contents, contents_of
from engine.compare.difference import Difference, Pair, spoken
from engine.compare.forms import told_of_form
from engine.compare.tables import told_of_decision
from engine.definitions import AuthorityDefinition
from engine.definitions.model import Element

Place = tuple[str, str]  # the ids of the process and the element


def lacking_forms(pair: Pair) -> Iterator[Difference]:
    """The forms that one side lacks, though its own element names them."""
    for side, contents, other in _sides(pair):
        for key, form in contents.definition.forms.items():
            if key in contents.lacking and _is_untold(key, contents.forms, other, "form_id"):
                yield _entry(pair, side, "form", key, list(told_of_form(form)))


def lacking_decisions(pair: Pair) -> Iterator[Difference]:
    """The files of decisions that one side lacks, though its own element names them."""
    for side, contents, other in _sides(pair):
        for key, model in contents.definition.decisions.items():
            is_beside = not set(model.decisions).isdisjoint(other.decisions)
            if key not in contents.lacking or is_beside:
                continue
            if _is_untold(key, contents.decisions, other, "decision_id"):
                told = [
                    said for each in model.decisions.values() for said in told_of_decision(each)
                ]
                yield _entry(pair, side, "decision", key, told)


def _sides(pair: Pair) -> Iterator[tuple[int, Contents, AuthorityDefinition]]:
    ours, theirs = contents_of(pair)
    return iter(((0, ours, theirs.definition), (1, theirs, ours.definition)))


def _is_untold(
    key: str, first_users: Mapping[Place, str], other: AuthorityDefinition, names: str
) -> bool:
    """Whether its first user names the same on the other side; what nothing uses says nothing."""
    place = next((place for place, used in first_users.items() if used == key), None)
    return place is not None and getattr(_element(other, place), names, None) == key


def _element(definition: AuthorityDefinition, place: Place) -> Element | None:
    process = definition.processes.get(place[0])
    return process.elements.get(place[1]) if process else None


def _entry(pair: Pair, side: int, what: str, key: str, told: list[str]) -> Difference:
    subject = f"{spoken(key)}: {what}"
    if side == 0:
        values, said = (told, None), ("there", None)
        return pair.differs(f"{what}_removed", (key, key), values, subject, said=said)
    return pair.differs(f"{what}_added", (key, key), (None, told), subject, said=(None, "there"))
