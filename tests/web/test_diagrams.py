"""Diagrams in words: their order, their branches, their notes."""

from dataclasses import replace
from typing import Any

import pytest

from engine.definitions.model import Element, Flow, Loop, ProcessDefinition
from tests.web import site as sites
from web.diagrams import steps


def process(elements: list[Element], flows: list[tuple[str, str, str]]) -> ProcessDefinition:
    """A diagram of these elements; a flow is source, target and name."""
    return ProcessDefinition(
        id="p",
        name="P",
        file="",
        source=b"",
        elements={element.id: element for element in elements},
        flows={
            f"f{n}": Flow(id=f"f{n}", name=name, source=source, target=target)
            for n, (source, target, name) in enumerate(flows)
        },
    )


def element(id_: str, kind: str = "userTask", name: str | None = None, **more: Any) -> Element:
    return Element(id=id_, kind=kind, name=id_.title() if name is None else name, line=1, **more)


def told(elements: list[Element], flows: list[tuple[str, str, str]]) -> list[Any]:
    definition = replace(sites.definition(), processes={"p": process(elements, flows)})
    return list(steps(definition, "p", {"a": "done", "b": "overdue"}))


def test_a_step_stands_after_all_that_leads_to_it() -> None:
    found = told(
        [element(id_) for id_ in ("end", "b", "a", "start")],
        [("start", "a", ""), ("start", "b", ""), ("a", "end", ""), ("b", "end", "")],
    )

    assert [step.id for step in found] == ["start", "a", "b", "end"]
    assert [step.state for step in found] == ["", "Done", "Overdue", ""]


def test_a_loop_ends() -> None:
    found = told(
        [element(id_) for id_ in ("a", "b", "end")],
        [("a", "b", ""), ("b", "a", "again"), ("b", "end", "done")],
    )

    assert [step.id for step in found] == ["a", "b", "end"]
    assert [branch.words for branch in found[1].next] == ["Again:", "Done:"]


def test_an_unnamed_join_is_passed_over() -> None:
    found = told(
        [element("a"), element("join", "exclusiveGateway", ""), element("end", "endEvent")],
        [("a", "join", ""), ("join", "end", "")],
    )

    assert [step.id for step in found] == ["a", "end"]
    assert [branch.name for branch in found[0].next] == ["End"]


def test_joins_that_lead_to_each_other_do_not_hang() -> None:
    gateway = {"kind": "exclusiveGateway", "name": ""}
    found = told(
        [element("a", **gateway), element("b", **gateway)], [("a", "b", ""), ("b", "a", "")]
    )

    assert found == []


@pytest.mark.parametrize(
    ("one", "note"),
    [
        (
            element(
                "t",
                "boundaryEvent",
                attached_to="a",
                properties={
                    "deadline.name": "write_up",
                    "deadline.amount": "24",
                    "deadline.unit": "hours",
                    "deadline.from": "received_at",
                    "source.strength": "should",
                },
            ),
            "Limit: 24 hours from receipt by the service (should).",
        ),
        (
            element(
                "t",
                "sendTask",
                properties={"notify.recipient": "other_agency", "notify.kind": "information"},
            ),
            "Tells: other agency (information).",
        ),
        (element("t", properties={"outcome": "early_help"}), "Outcome: early help."),
        (
            element("t", properties={"outcome": "=responses"}),
            "Outcome: as answered under “responses”.",
        ),
        (element("t", properties={"record": "sign_off"}), "Record: sign off."),
        (element("t", parent="a"), "Inside “A”."),
        (element("t", "boundaryEvent", attached_to="a"), "Belongs to “A”."),
        (
            element(
                "t",
                loop=Loop(
                    sequential=False,
                    input_collection="=children",
                    input_element="child",
                    output_collection=None,
                    output_element=None,
                    completion_condition=None,
                ),
            ),
            "Once for each entry of children.",
        ),
    ],
)  # fmt: skip
def test_what_an_element_does_is_told(one: Element, note: str) -> None:
    found = told([element("a"), one], [])

    assert note in next(step for step in found if step.id == "t").notes


def test_parts_are_told_before_what_follows_them() -> None:
    found = told(
        [
            element("start", "startEvent"),
            element("part", "subProcess"),
            element("next"),
            element("inside", parent="part"),
            element("limit", "boundaryEvent", attached_to="part"),
        ],
        [("start", "part", ""), ("part", "next", "")],
    )

    assert [step.id for step in found] == ["start", "part", "inside", "limit", "next"]
