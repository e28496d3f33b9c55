"""Mutants of diagrams: which are made, and that each is still a diagram without other faults."""

from pathlib import Path

import pytest

from engine.definitions import check_sources, from_sources, parse_process
from tests.engine.definitions.example import AUTHORITY, FRONT_DOOR, sources
from tools.mutants.diagrams import diagram_mutants
from tools.mutants.judge import Judge
from tools.mutants.mutant import tree_of
from tools.mutants.removal import remove_task, with_id

ROOT = Path(__file__).parents[2]
DISPOSAL = "bpmn/exampleshire/disposal.bpmn"
FILES = sources()
HOST = b"""<definitions><process id="p">
<startEvent id="begin"><outgoing>a</outgoing></startEvent>
<userTask id="ask"><incoming>a</incoming><outgoing>b</outgoing></userTask>
<boundaryEvent id="late" attachedToRef="ask"><outgoing>c</outgoing></boundaryEvent>
<sendTask id="remind"><incoming>c</incoming><outgoing>d</outgoing></sendTask>
<endEvent id="reminded"><incoming>d</incoming></endEvent>
<endEvent id="end"><incoming>b</incoming></endEvent>
<sequenceFlow id="a" sourceRef="begin" targetRef="ask" />
<sequenceFlow id="b" sourceRef="ask" targetRef="end" />
<sequenceFlow id="c" sourceRef="late" targetRef="remind" />
<sequenceFlow id="d" sourceRef="remind" targetRef="reminded" />
</process></definitions>"""
DEFINITION = from_sources(FILES, AUTHORITY)
MUTANTS = [
    mutant
    for path in (FRONT_DOOR, DISPOSAL)
    for mutant in diagram_mutants(path, FILES[path], DEFINITION)
]
SEEN_BY_RULES = {"covered", "known_variables", "limits"}


def changed(kind, element):
    """The process after the mutation."""
    [mutant] = [m for m in MUTANTS if (m.kind, m.element) == (kind, element)]
    [process] = parse_process(mutant.source, file=mutant.path)
    return process


def test_every_kind_of_change_is_made():
    assert [(mutant.kind, mutant.element) for mutant in MUTANTS] == [
        ("condition", "assessment_needed_to_disposal"),
        ("flows swapped", "assessment_needed"),
        ("task removed", "record_contact"),
        ("task removed", "decide_next_step"),
        ("task removed", "tell_police"),
        ("deadline amount", "decision_due"),
        ("deadline unit", "decision_due"),
        ("deadline start", "decision_due"),
        ("recipient", "tell_police"),
        ("task removed", "authorise_disposal"),
    ]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_well_drawn_so_that_only_its_meaning_is_wrong(mutant):
    problems = check_sources({**FILES, mutant.path: mutant.source}, AUTHORITY)

    assert {p.rule for p in problems if p.severity == "error"} <= SEEN_BY_RULES


def test_a_condition_is_negated():
    flow = changed("condition", "assessment_needed_to_disposal").flows[
        "assessment_needed_to_disposal"
    ]

    assert flow.condition == 'not(next_step = "assessment" and level_of_need != "none")'


def test_flows_exchange_their_targets():
    before, after = (
        DEFINITION.processes["front_door"],
        changed("flows swapped", "assessment_needed"),
    )
    names = [flow.id for flow in before.outgoing("assessment_needed")]

    targets = [[process.flows[name].target for name in names] for process in (before, after)]

    assert targets[0] == targets[1][::-1]


def test_what_led_to_a_task_that_is_removed_leads_on():
    before, after = DEFINITION.processes["front_door"], changed("task removed", "tell_police")
    [into] = before.incoming("tell_police")
    [onward] = before.outgoing("tell_police")

    assert after.flows[into.id].target == onward.target
    assert set(before.elements) - set(after.elements) == {"tell_police"}
    assert set(before.flows) - set(after.flows) == {onward.id}


def test_boundary_events_and_what_follows_them_go_with_their_task():
    root = tree_of(HOST)

    remove_task(root, with_id(root, "ask"))

    left = {node.get("id"): node.get("targetRef") for node in root.iter("{*}*") if node.get("id")}
    assert left == {"p": None, "begin": None, "end": None, "a": "end"}
    assert [node.text for node in with_id(root, "end")] == ["a"]


def test_a_deadline_and_a_recipient_are_changed():
    due = changed("deadline amount", "decision_due").elements["decision_due"]
    told = changed("recipient", "tell_police").elements["tell_police"]

    assert due.properties["deadline.amount"] == "25"
    assert told.properties["notify.recipient"] == "school_police_officer"


def southwarks(kind, element):
    """A mutant of Southwark's disposal, and the judge for it."""
    path = "bpmn/southwark/disposal.bpmn"
    judge = Judge.of(ROOT, "southwark")
    mutants = diagram_mutants(path, judge.sources[path], judge.definition)
    return judge, next(m for m in mutants if (m.kind, m.element) == (kind, element))


def test_a_user_task_moves_to_another_lane_and_role():
    _, mutant = southwarks("lane", "authorise_disposal")

    [process] = parse_process(mutant.source, file=mutant.path)

    task = process.elements["authorise_disposal"]
    assert (task.role, task.lane) == ("social_worker", "Social worker")


def test_a_procedure_that_goes_round_for_ever_fails_its_scenarios():
    judge, mutant = southwarks("condition", "flow_authorised_to_next_step")

    verdict = judge.verdict(mutant)

    assert verdict.by == "scenarios"
    assert "it does not end: 1,000 user tasks" in verdict.why
