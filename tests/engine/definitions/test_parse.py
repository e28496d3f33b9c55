"""A diagram becomes elements and flows, as written."""

import pytest

from engine.definitions import Unusable, parse_process
from engine.definitions.model import IoMapping
from tests.engine.definitions.example import FRONT_DOOR, ROOT, sources

RULES = ROOT / "tests" / "rules"


def test_a_diagram_beyond_all_reading_is_refused():
    source = sources()[FRONT_DOOR].replace(
        b"</bpmn:process>", b"<a/>" * 20_000 + b"</bpmn:process>"
    )

    with pytest.raises(Unusable, match="20,000"):
        parse_process(source, file=FRONT_DOOR)


def test_a_process_has_its_elements_flows_and_lanes():
    [process] = parse_process(sources()[FRONT_DOOR], file=FRONT_DOOR)

    assert (process.id, process.name, process.lanes) == (
        "front_door",
        "Example",
        ("Social worker",),
    )
    assert [flow.target for flow in process.outgoing("assessment_needed")] == [
        "disposal",
        "contact_closed",
    ]
    assert [flow.source for flow in process.incoming("disposal")] == ["assessment_needed"]


def test_a_user_task_has_its_form_role_lane_and_clauses():
    [process] = parse_process(sources()[FRONT_DOOR], file=FRONT_DOOR)
    task = process.elements["record_contact"]

    assert (task.kind, task.form_id, task.role) == ("userTask", "record_contact", "social_worker")
    assert (task.lane, task.clauses, task.properties["record"]) == (
        "Social worker",
        ("EX-01",),
        "contact",
    )


def test_a_deadline_has_its_host_timer_and_properties():
    [process] = parse_process(sources()[FRONT_DOOR], file=FRONT_DOOR)
    deadline = process.elements["decision_due"]

    assert (deadline.attached_to, deadline.interrupting) == ("record_contact", False)
    assert (deadline.event, deadline.timer_kind, deadline.timer) == (
        "timer",
        "timeDate",
        "=deadline.due",
    )
    assert deadline.deadline_name == "disposal_decision"


def test_feel_loses_its_equals_sign_and_plain_text_becomes_a_feel_string():
    [process] = parse_process(sources()[FRONT_DOOR], file=FRONT_DOOR)
    flow = process.flows["assessment_needed_to_disposal"]

    assert flow.condition == 'next_step = "assessment" and level_of_need != "none"'
    assert process.elements["decision_missed"].inputs == (
        IoMapping(source='"social_worker"', target="responsible"),
    )
    assert process.elements["decision_missed"].propagates_all == (True, False)


def test_a_message_is_known_by_its_name_and_key():
    source = (RULES / "messages" / "valid.bpmn").read_bytes()

    [process] = parse_process(source, file="valid.bpmn")

    waiting = process.elements["wait"]
    assert (waiting.event, waiting.event_reference, waiting.correlation_key) == (
        "message",
        "written_confirmation",
        "case_id",
    )


def test_an_escalation_is_known_by_its_code():
    [process] = parse_process(sources()[FRONT_DOOR], file=FRONT_DOOR)

    assert process.elements["crime_recorded"].event_reference == "alarm"


def test_a_multi_instance_step_has_its_list_and_its_results():
    source = (RULES / "multi_instance" / "valid.bpmn").read_bytes()

    [process] = parse_process(source, file="valid.bpmn")

    loop = process.elements["answer"].loop
    assert loop is not None
    assert (loop.sequential, loop.input_collection, loop.input_element) == (
        False,
        "children",
        "child",
    )
    assert (loop.output_collection, loop.output_element) == ("answers", "{answer: 1}")


def test_what_lies_in_a_sub_process_says_so():
    source = (RULES / "sub_process_start" / "valid.bpmn").read_bytes()

    [process] = parse_process(source, file="valid.bpmn")

    assert process.elements["inner"].parent == "part"
    assert process.elements["part"].parent is None


def test_a_name_of_several_lines_is_read_on_one():
    source = sources()[FRONT_DOOR].replace(b'name="Contact made"', b'name="Contact&#10;&#13; made"')

    [process] = parse_process(source, file=FRONT_DOOR)

    assert process.elements["contact_made"].name == "Contact made"
