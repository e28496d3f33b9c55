"""A change of one thing is told as exactly that one difference; a change of layout as none."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import definitions
from engine.compare import Comparison, Difference, compare
from engine.definitions import AuthorityDefinition, folders, from_stored
from tests.engine.compare.changes import CHANGES, Change

ROOT = Path(__file__).parents[3]
AUTHORITIES = definitions.authority_ids(ROOT)


@cache
def definition(authority: str) -> AuthorityDefinition:
    return from_stored(folders.read_sources(ROOT, authority), authority)


@cache
def changes(authority: str, name: str) -> tuple[Change, ...]:
    return tuple(CHANGES[name](definition(authority)))


def told(comparison: Comparison) -> list[tuple[str, Difference]]:
    return [
        (area, difference)
        for area in ("diagrams", "tables", "forms")
        for difference in getattr(comparison, area)
    ]


def changed(authority: str, path: str, content: bytes) -> list[tuple[str, Difference]]:
    """All differences between an authority and itself with one other file."""
    before = definition(authority)
    after = from_stored({**before.sources, path: content}, authority)
    return told(compare({"before": before, "after": after}))


def replaced(path: str, old: str, new: str) -> list[tuple[str, Difference]]:
    source = definition("southwark").sources[path]
    assert source.count(old.encode()) >= 1
    return changed("southwark", path, source.replace(old.encode(), new.encode(), 1))


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_definition_does_not_differ_from_itself(authority: str) -> None:
    again = from_stored(dict(definition(authority).sources), authority)

    comparison = compare({"before": definition(authority), "after": again})

    assert told(comparison) == []
    assert all(row.is_same for row in comparison.matrix)


@pytest.mark.parametrize("name", CHANGES)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_one_change_is_one_difference(name: str, data: st.DataObject) -> None:
    having = [authority for authority in AUTHORITIES if changes(authority, name)]
    authority = data.draw(st.sampled_from(having))
    change = data.draw(st.sampled_from(changes(authority, name)))

    found = changed(authority, change.path, change.content)

    expected = [] if change.kind == "none" else [(change.area, change.kind)]
    assert [(area, difference.kind) for area, difference in found] == expected


def test_a_longer_limit_is_told_in_a_sentence() -> None:
    ((_, found),) = replaced(
        "bpmn/southwark/front_door.bpmn",
        'name="deadline.amount" value="24"',
        'name="deadline.amount" value="48"',
    )

    assert found.authorities == ("before", "after")
    assert (found.kind, found.a, found.b) == ("deadline_amount", "24", "48")
    assert found.sentence == (
        "Deadline write_up: length of the limit – Southwark (before): 24; Southwark (after): 48."
    )


def test_line_breaks_and_comments_in_feel_are_no_difference() -> None:
    path = "bpmn/southwark/disposal.bpmn"

    assert replaced(path, "=manager_authorises = true", "= manager_authorises\n = true") == []


def test_a_task_with_its_limit_is_one_difference() -> None:
    """The clock, and what follows when it runs out, come and go with the task."""
    ours, theirs = definition("southwark"), definition("milton_keynes")

    found = compare({"southwark": ours, "milton_keynes": theirs}).diagrams

    (redirect,) = (each for each in found if each.element == "redirect_referral")
    assert redirect.kind == "removed"
    assert "deadline redirection, 24 hours from received_at" in redirect.sentence
    assert not [each for each in found if "redirection_due" in each.element]


def test_another_id_of_a_form_that_asks_the_same_is_no_difference() -> None:
    before = definition("southwark")
    sources = dict(before.sources)
    form = sources.pop("bpmn/southwark/forms/propose_disposal.form")
    sources["bpmn/southwark/forms/proposal.form"] = form.replace(
        b'"id": "propose_disposal"', b'"id": "proposal"'
    )
    path = "bpmn/southwark/disposal.bpmn"
    sources[path] = sources[path].replace(b'formId="propose_disposal"', b'formId="proposal"')

    after = from_stored(sources, "southwark")

    assert "proposal" in after.forms
    assert told(compare({"before": before, "after": after})) == []


def test_rules_in_another_order_matter_where_the_first_one_wins() -> None:
    path = "dmn/southwark/disposal_option.dmn"
    source = definition("southwark").sources[path]
    head, *rules = source.split(b"<rule ")
    rules[-1], end = rules[-1].split(b"</rule>", 1)
    rules[-1] += b"</rule>"
    reordered = b"<rule ".join([head, *rules[1:], rules[0]]) + end

    ((area, found),) = changed("southwark", path, reordered)

    assert (area, found.kind, found.element) == ("tables", "rule_moved", "significant_harm")
    assert (found.a, found.b) == ("rule 1", f"rule {len(rules)}")
