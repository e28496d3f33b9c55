"""Merged diagrams hold every element and every way of each once, with who has it."""

from functools import cache
from pathlib import Path

import pytest

from engine import definitions
from engine.compare.match import matched, renamed
from engine.compare.merge import Merged, in_order, layers, merge
from engine.definitions import AuthorityDefinition

ROOT = Path(__file__).parents[3]
AUTHORITIES = definitions.authority_ids(ROOT)
PROCESSES = ("contact", "screening", "disposal", "strategy_discussion", "front_door")


@cache
def everything() -> dict[str, AuthorityDefinition]:
    return {name: definitions.load_authority(ROOT, name) for name in AUTHORITIES}


@cache
def union(process: str) -> Merged:
    return merge(everything(), process)


@pytest.mark.parametrize("process", PROCESSES)
def test_everybody_finds_each_own_element_once(process: str) -> None:
    found = union(process)

    for key, definition in everything().items():
        diagram = definition.processes.get(process)
        if diagram is None:
            assert key in found.without
            continue
        named = {e.id for e in diagram.elements.values() if e.name or e.clauses}
        had = [node.by[key].element for node in found.nodes.values() if key in node.by]
        assert len(had) == len(set(had))
        assert named <= set(had) <= set(diagram.elements)


@pytest.mark.parametrize("process", PROCESSES)
def test_everybody_finds_each_own_way(process: str) -> None:
    found = union(process)

    for key in found.keys:
        diagram = everything()[key].processes[process]
        own = {
            (found.nodes[edge.source].by[key].element, found.nodes[edge.target].by[key].element)
            for edge in found.edges
            if key in edge.by and not edge.is_limit
        }
        flows = {(flow.source, flow.target) for flow in diagram.flows.values()}
        shown = {node.by[key].element for node in found.nodes.values() if key in node.by}
        assert {way for way in flows if set(way) <= shown} <= own


@pytest.mark.parametrize("process", PROCESSES)
def test_each_step_stands_once_and_nearly_all_ways_lead_down(process: str) -> None:
    found = union(process)

    depth = {node: at for at, layer in enumerate(layers(found)) for node in layer}

    assert sorted(depth) == sorted(found.nodes)
    assert [node.id for node in in_order(found)] == [n for layer in layers(found) for n in layer]
    back = [edge for edge in found.edges if depth[edge.target] <= depth[edge.source]]
    assert len(back) <= len(found.edges) / 8


def test_one_diagram_merged_with_itself_is_shared_and_alike() -> None:
    southwark = everything()["southwark"]

    found = merge({"one": southwark, "other": southwark}, "disposal")

    assert found.nodes
    assert all(
        set(node.by) == {"one", "other"} and not node.unlike for node in found.nodes.values()
    )
    assert all(set(edge.by) == {"one", "other"} for edge in found.edges)


def test_what_only_one_has_and_what_is_said_otherwise_is_told() -> None:
    found = union("disposal")

    assert set(found.nodes["triage_incident"].by) == {"milton_keynes"}
    assert "role" in found.nodes["authorise_disposal"].unlike
    assert found.nodes["authorise_disposal"].by["southwark"].role == "Duty Manager"


def test_elements_of_other_ids_belong_together_by_what_they_do() -> None:
    ours = everything()["lincolnshire"].processes["disposal"]
    named_alike = everything()["milton_keynes"].processes["disposal"]
    theirs = renamed(named_alike, {"disposal_settled": "manager_has_decided"})

    assert matched(ours, theirs) == {"manager_has_decided": "disposal_settled"}
