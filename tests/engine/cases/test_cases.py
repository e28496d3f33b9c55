import json
from datetime import timedelta

import pytest

from engine import cases
from engine.errors import NotFound
from engine.people import Actor
from engine.runtime import incident, messages, timers
from tests.engine.runtime.playing import (
    AUTHORITY,
    NOW,
    complete,
    complete_next,
    everybody,
    open_row,
    open_rows,
    start_case,
    start_referral,
)

LATE = NOW + timedelta(hours=25)
CHILDREN = [{"name": "Ada Example", "date_of_birth": "2019-01-02", "gender": "2"}]
STRANGER = Actor(kind="person", id=1, name="S", grants=frozenset({("elsewhere", "manager")}))


def page_of(database, case_id, *, now=LATE, by=None):
    with database.reading() as session:
        return cases.page(session, case_id, by=by or everybody(), now=now)


def listed(database, wanted=None, *, by=None):
    with database.reading() as session:
        return cases.listing(session, by or everybody(), wanted, now=LATE).lines


@pytest.fixture
def late_case(deployed):
    """A case whose referral was written up after the limit, and which goes on."""
    case_id = start_referral(deployed, children=CHILDREN)
    with deployed.writing() as session:
        timers.wake(session, case_id, now=LATE)
    complete(deployed, open_row(deployed, case_id, "write_up_referral"), now=LATE)
    complete(deployed, open_row(deployed, case_id, "record_lateness"), now=LATE)
    return case_id


def test_a_page_shows_what_waits_and_what_has_happened(deployed, late_case):
    page = page_of(deployed, late_case)

    assert (page.authority, page.authority_name, page.status) == (AUTHORITY, "Southwark", "open")
    assert page.deployment.number == 1
    assert [child.name for child in page.children] == ["Ada Example"]
    assert len(page.tasks) > len(page.open_tasks) > 0
    assert {d.deadline_name: d.state for d in page.deadlines} == {
        "write_up": "missed",
        "response_type": "overdue",
        "disposal_decision": "overdue",
    }
    assert "manager:overdue" in {line.word for line in page.notifications}
    assert {"lateness", "contact"} <= {line.word for line in page.records}
    assert page.elements["front_door"]["write_up_referral"] == "done"
    assert "open" in page.elements["screening"].values()


def test_the_history_tells_in_sentences_who_did_what(deployed, late_case):
    timeline = page_of(deployed, late_case).timeline

    sentences = [line.sentence for line in timeline]
    assert "Limit started: write up" in sentences
    assert "Limit missed: write up" in sentences
    assert "Limit ended late: write up" in sentences
    assert "Completed: Write up referral" in sentences
    assert "Entered: Contact" in sentences
    by = {line.sentence: line.by_name for line in timeline}
    assert by["Limit missed: write up"] == "Frontdoor"


def test_a_page_explains_decisions_by_the_rows_that_matched(deployed):
    case_id = start_case(deployed)
    while not page_of(deployed, case_id).decisions:
        assert complete_next(deployed, case_id, now=NOW) is not None

    (decision, *_) = page_of(deployed, case_id).decisions

    assert decision.decision_id == "progression"
    assert [rule.id for rule in decision.rules] == ["referral"]
    assert decision.rules[0].description.startswith("SWK-15")
    assert decision.outputs == "referral"


def test_a_page_shows_messages_and_incidents(deployed):
    case_id = start_case(deployed)
    failure = incident.Failure(sentence="It broke.", process_id="contact", element_id="on_record")
    with deployed.writing() as session:
        messages.deliver(session, case_id, "new_information", at=NOW, by=everybody(), now=NOW)
        incident.record(session, case_id, failure, by=everybody(), now=NOW)

    page = page_of(deployed, case_id)

    assert [(m.word, m.expected) for m in page.messages] == [("new_information", False)]
    assert [(i.element_id, i.sentence) for i in page.incidents] == [("on_record", "It broke.")]
    assert [line.incidents for line in listed(deployed)] == [1]


def test_a_page_is_plain_data_for_programs(deployed, late_case):
    data = cases.as_json(page_of(deployed, late_case))

    assert json.loads(json.dumps(data)) == data
    assert data["received_at"] == NOW.isoformat()
    assert data["status"] == "open"
    assert "zone" not in data["tasks"][0]


def test_a_case_does_not_exist_for_whoever_may_not_see_it(deployed, late_case):
    with pytest.raises(NotFound):
        page_of(deployed, late_case, by=STRANGER)
    with pytest.raises(NotFound):
        page_of(deployed, late_case + 1)
    assert listed(deployed, by=STRANGER) == ()


def test_the_list_counts_what_is_open_and_overdue(deployed, late_case):
    fresh = start_case(deployed, now=NOW)

    (second, first) = listed(deployed)

    assert (second.id, first.id) == (fresh, late_case)
    assert (second.open_tasks, second.overdue) == (1, 0)
    assert first.open_tasks == len(open_rows(deployed, late_case))
    assert first.overdue == 2
    assert first.children == ("Ada Example",)
