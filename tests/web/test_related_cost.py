"""What the pages of related cases cost where each case runs by another version."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from engine.store import deployed
from engine.store.tables import Case, Record, TimelineEvent
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts
from tests.web.tasks.test_cost import cheap
from web import clock

SETTINGS = "bpmn/southwark/authority.toml"
VERSIONS = 5


@pytest.fixture
def case(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case whose related cases run by versions that nothing has read in this process."""
    case = ""
    for number in range(VERSIONS):
        version = b"# version " + str(number).encode() + b"\n"
        sites.deploy(site.app, sites.changed(SETTINGS, rb"\A", version))
        case = walk.start(site)
        ((_name, task),) = walk.open_tasks(site, case)
        walk.complete(site, task, {**walk.CHILD, "children.0.date_of_birth.year": "2015"})
    record_all(site)
    monkeypatch.setattr(deployed, "_read", {})
    return case


def record_all(site: Site) -> None:
    """Let every case be recorded on a database and have reached an outcome."""
    with site.app.extensions["frontdoor.database"].writing() as store:
        for id_ in store.scalars(select(Case.id)).all():
            happened: dict[str, Any] = {
                "case_id": id_, "step": 99, "position": 0, "at": clock.now(), "process_id": "p",
                "element_id": "e", "name": "Recorded", "clauses": [], "child": None,
            }  # fmt: skip
            store.add(Record(**happened, record="statutory_database"))
            detail = {"outcome": "no_further_action"}
            store.add(TimelineEvent(**happened, event="outcome.reached", detail=detail))


@pytest.mark.parametrize("page", ["related", "chronology"])
def test_many_versions_cost_no_more_statements(site: Site, case: str, page: str) -> None:
    cheap(site, f"{case}/{page}")

    found = texts(site.page(f"{case}/{page}"), "//main")[0]
    assert len(set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", found))) == VERSIONS
