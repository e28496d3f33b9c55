"""Between two authorities a change of one thing touches exactly the entry that is about it."""

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compare.comparison import differences
from engine.definitions import AuthorityDefinition, from_stored
from tests.engine.compare.changes import Change
from tests.engine.compare.test_changes import PAIRS, changes, definition

ONE_ENTRY = (
    "amount", "unit", "start", "clause", "recipient", "group", "condition", "cell", "field added",
    "field type", "field required", "field hidden", "option", "option removed", "hit policy",
)  # fmt: skip
NEARLY = {"field removed": 1.0, "task added": 0.98, "task removed": 0.95, "task moved": 0.9}
_PLACED = ("moved", "flow", "flow_added", "flow_removed", "default")

Entry = tuple[str, str, str, str, str, str]


def entries(one: AuthorityDefinition, other: AuthorityDefinition) -> Counter[Entry]:
    """Every entry: where, of which kind, about what, and all that it says."""
    found = differences({"one": one, "other": other})
    return Counter(
        (area, e.kind, e.part, e.element, said(e.kind, e.a), said(e.kind, e.b))
        for area in ("diagrams", "tables", "forms")
        for e in getattr(found, area)
    )


def said(kind: str, value: Any) -> str:
    """What an entry says, but by which neighbours it tells where something stands."""
    if kind in _PLACED and not isinstance(value, list):
        return "somewhere"
    is_list = isinstance(value, list)
    return repr([each for each in value if not is_place(each)]) if is_list else repr(value)


def is_place(text: Any) -> bool:
    told = str(text)
    return (told.startswith("after ") and " and before " in told) or told.startswith("comes if ")


@cache
def known(one: str, other: str) -> Counter[Entry]:
    return entries(definition(one), definition(other))


def come(change: Change, here: str, other: str, *, is_first: bool) -> int:
    """How many entries are new or say otherwise; those about what is gone go with it."""
    before, against = definition(here), definition(other)
    after = from_stored({**before.sources, change.path: change.content}, here)
    found = entries(after, against) if is_first else entries(against, after)
    was = known(here, other) if is_first else known(other, here)
    return (found - was).total()


def test_places_alone_are_left_out() -> None:
    assert is_place("after “A” and before “B”")
    assert not is_place("user task “A”, by Manager")
    assert said("amount", ["after “A” and before “B”", "24"]) == "['24']"


@pytest.mark.parametrize("name", ONE_ENTRY)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_one_change_touches_one_entry(name: str, data: st.DataObject) -> None:
    """Also where the thing stands on one side alone: then the entry of what it belongs to."""
    here, other = data.draw(st.sampled_from([p for p in PAIRS if changes(p[0], name)]))
    change = data.draw(st.sampled_from(changes(here, name)))
    before = definition(here)
    after = from_stored({**before.sources, change.path: change.content}, here)

    for one in (True, False):
        pair = (after, definition(other)) if one else (definition(other), after)
        was = (before, definition(other)) if one else (definition(other), before)
        found, base = raw(*pair), raw(*was)

        assert (base - found).total() <= 1
        assert (found - base).total() <= 1
        assert found != base


def raw(one: AuthorityDefinition, other: AuthorityDefinition) -> Counter[str]:
    """Every entry with all that it says."""
    found = differences({"one": one, "other": other})
    every = (*found.diagrams, *found.tables, *found.forms)
    return Counter(repr((e.kind, e.part, e.element, e.a, e.b)) for e in every)


@pytest.mark.parametrize(("name", "share"), NEARLY.items())
def test_nearly_every_task_or_question_is_one_entry(name: str, share: float) -> None:
    """docs/comparing.md says when it is more."""
    tried = [
        come(change, here, other, is_first=at % 2 == 0) <= 1
        for here, other in PAIRS
        for at, change in enumerate(changes(here, name)[:: max(1, len(changes(here, name)) // 5)])
    ]

    assert len(tried) >= len(PAIRS)
    assert sum(tried) >= share * len(tried)
