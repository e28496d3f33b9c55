"""A change of one thing is told as exactly that one difference; a change of layout as none."""

from collections import Counter
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import definitions
from engine.compare import Difference, compare, matrix
from engine.compare.comparison import differences
from engine.definitions import AuthorityDefinition, folders, from_stored
from tests.engine.compare.changes import CHANGES, Change

ROOT = Path(__file__).parents[3]
AUTHORITIES = definitions.authority_ids(ROOT)
PAIRS = list(permutations(AUTHORITIES, 2))


@cache
def definition(authority: str) -> AuthorityDefinition:
    return from_stored(folders.read_sources(ROOT, authority), authority)


@cache
def changes(authority: str, name: str) -> tuple[Change, ...]:
    return tuple(CHANGES[name](definition(authority)))


Told = list[tuple[str, Difference]]


def told(one: AuthorityDefinition, other: AuthorityDefinition) -> Told:
    """Every difference between two definitions, with where it is listed."""
    found = differences({"before": one, "after": other})
    return [
        (area, difference)
        for area in ("diagrams", "tables", "forms")
        for difference in getattr(found, area)
    ]


def kinds(found: Told) -> list[tuple[str, str]]:
    """Where differences are listed, and of which kind they are; inputs by one word."""
    return [
        (area, "mapping" if area == "diagrams" and each.kind.startswith("input_") else each.kind)
        for area, each in found
    ]


def changed(authority: str, path: str, content: bytes) -> list[tuple[str, Difference]]:
    """All differences between an authority and itself with one other file."""
    before = definition(authority)
    after = from_stored({**before.sources, path: content}, authority)
    return told(before, after)


def replaced(path: str, old: str, new: str) -> list[tuple[str, Difference]]:
    source = definition("southwark").sources[path]
    assert source.count(old.encode()) >= 1
    return changed("southwark", path, source.replace(old.encode(), new.encode(), 1))


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_a_definition_does_not_differ_from_itself(authority: str) -> None:
    again = from_stored(dict(definition(authority).sources), authority)

    assert told(definition(authority), again) == []
    assert all(row.is_same for row in matrix({"before": definition(authority), "after": again}))


@pytest.mark.parametrize("name", CHANGES)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_one_change_is_one_difference(name: str, data: st.DataObject) -> None:
    having = [authority for authority in AUTHORITIES if changes(authority, name)]
    authority = data.draw(st.sampled_from(having))
    change = data.draw(st.sampled_from(changes(authority, name)))

    found = changed(authority, change.path, change.content)

    expected = [] if change.kind == "none" else [(change.area, change.kind)]
    assert kinds(found) == expected


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_one_change_more_is_one_entry_more(data: st.DataObject) -> None:
    """Of two changes in two files both are told, each as if it were alone."""
    authority = data.draw(st.sampled_from(AUTHORITIES))
    first = data.draw(st.sampled_from(some_changes(authority)))
    others = [each for each in some_changes(authority) if each.path != first.path]
    second = data.draw(st.sampled_from(others))
    before = definition(authority)

    one = told(before, from_stored({**before.sources, first.path: first.content}, authority))
    sources = {first.path: first.content, second.path: second.content}
    both = told(before, from_stored({**before.sources, **sources}, authority))

    alone = changed(authority, second.path, second.content)
    assert counted(both) == counted(one) + counted(alone)
    assert len(both) == len(one) + (second.kind != "none")


SEEN_BY_ANYBODY = {  # what an element that both have says, and that is no word of their own
    "strength": "deadline_strength",
    "recipient": "recipient",
    "notice": "notice",
    "group": "role",
    "field required": "field_required",
    "field type": "field_type",
    "option": "option_added",
    "input": "mapping",
    "layout": "none",
    "lines": "none",
    "widths": "none",
    "place in the form": "none",
}


@pytest.mark.parametrize("name", SEEN_BY_ANYBODY)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_between_two_authorities_one_change_touches_one_entry(
    name: str, data: st.DataObject
) -> None:
    """Whatever else parts them: an entry comes, goes, or says it otherwise, and no other does."""
    here, there = data.draw(st.sampled_from(PAIRS))
    candidates = changes(there, name)
    if not candidates:
        return
    change = data.draw(st.sampled_from(candidates))
    after = from_stored({**definition(there).sources, change.path: change.content}, there)

    found = counted(told(definition(here), after))
    known = counted(told(definition(here), definition(there)))

    assert (known - found).total() <= (change.kind != "none")
    assert (found - known).total() <= (change.kind != "none")


def counted(found: Told) -> Counter[tuple[str, str, str]]:
    """Entries by where they are listed, what they are about, and their sentence."""
    return Counter((area, each.element, each.sentence) for area, each in found)


def some_changes(authority: str) -> list[Change]:
    """A few changes of every kind, spread over the authority's files."""
    found = []
    for name in CHANGES:
        every = changes(authority, name)
        found += every[:: max(1, len(every) // 3)]
    return found


def test_a_rewired_flow_beside_an_added_task_is_told_too() -> None:
    """A task is put into a flow, and leads past the task that the flow led to."""
    path = "bpmn/southwark/screening.bpmn"
    source = definition("southwark").sources[path]
    (flow,) = (
        each
        for each in definition("southwark").processes["screening"].flows.values()
        if each.source == "clarify_concerns"
    )
    task = (
        '<bpmn:userTask id="new_task" name="New task" />'
        '<bpmn:sequenceFlow id="flow_new" sourceRef="new_task" targetRef="decide_on_sharing"/>'
    )
    old = f'id="{flow.id}" sourceRef="clarify_concerns" targetRef="{flow.target}"'.encode()
    assert old in source
    new = old.replace(flow.target.encode(), b"new_task")
    end = b"</bpmn:process>"

    found = changed("southwark", path, source.replace(old, new).replace(end, task.encode() + end))

    assert sorted(each.kind for _, each in found) == ["added", "flow"]
    (elsewhere,) = (each for _, each in found if each.kind == "flow")
    assert elsewhere.element == flow.id


def test_a_longer_limit_is_told_in_a_sentence() -> None:
    ((_, found),) = replaced(
        "bpmn/southwark/front_door.bpmn",
        'name="deadline.amount" value="24"',
        'name="deadline.amount" value="48"',
    )

    assert found.authorities == ("before", "after")
    assert (found.kind, found.a, found.b) == ("deadline_amount", "24", "48")
    assert found.sentence == (
        "Write up, length – Southwark (before): 24 hours; Southwark (after): 48 hours."
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
    assert "deadline “Redirection”, 24 hours from receipt by the service" in redirect.sentence
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
    assert told(before, after) == []


def test_another_id_of_a_task_that_does_the_same_is_no_difference() -> None:
    before = definition("southwark")
    path = "bpmn/southwark/disposal.bpmn"
    sources = dict(before.sources)
    sources[path] = sources[path].replace(b'"propose_disposal"', b'"propose_it"')
    sources[path] = sources[path].replace(b'formId="propose_it"', b'formId="propose_disposal"')
    sources[path] = sources[path].replace(b">propose_disposal<", b">propose_it<")

    after = from_stored(sources, "southwark")

    assert "propose_it" in after.processes["disposal"].elements
    assert told(before, after) == []


def test_a_form_of_another_id_is_compared_question_by_question() -> None:
    before = definition("southwark")
    sources = dict(before.sources)
    form = sources.pop("bpmn/southwark/forms/propose_disposal.form")
    form = form.replace(b'"id": "propose_disposal"', b'"id": "proposal"')
    sources["bpmn/southwark/forms/proposal.form"] = form.replace(
        b'"required": true', b'"required": false', 1
    )
    path = "bpmn/southwark/disposal.bpmn"
    sources[path] = sources[path].replace(b'formId="propose_disposal"', b'formId="proposal"')

    found = told(before, from_stored(sources, "southwark"))

    assert kinds(found) == [("forms", "field_required")]


def test_when_a_clock_starts_is_said_in_words() -> None:
    ((_, found),) = replaced(
        "bpmn/southwark/front_door.bpmn",
        'name="deadline.from" value="received_at"',
        'name="deadline.from" value="first_contact_at"',
    )

    assert found.kind == "deadline_from"
    assert ", clock start – Southwark (before): receipt by the service; " in found.sentence
    assert found.sentence.endswith("Southwark (after): the initial contact.")


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
