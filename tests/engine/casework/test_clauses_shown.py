"""Which clauses a form has put to use."""

from datetime import UTC, datetime

from engine.casework import CaseRun
from engine.casework.answers import clauses_shown
from engine.casework.effects import ElementDone
from engine.definitions.model import Field, Form
from tests.engine.runtime.playing import definition


def citing(clause: str, **settings: object) -> Field:
    settings = {"key": clause.lower().replace("-", "_"), "type": "textfield", **settings}
    return Field(properties={"source.clause": clause}, **settings)


def test_what_shows_cites_and_what_is_hidden_does_not():
    form = Form(
        id="form",
        file="",
        fields=(citing("EX-01"), citing("EX-02", key=None, type="text"), citing("EX-03", hide="x")),
    )

    assert clauses_shown(form, {"x": True}) == ("EX-01", "EX-02")
    assert clauses_shown(form, {"x": False}) == ("EX-01", "EX-02", "EX-03")


def test_the_questions_of_a_list_cite_once_there_is_an_entry():
    inner = (citing("EX-02"), citing("EX-03", hide="ex_02 = null"))
    form = Form(
        id="form", file="", fields=(citing("EX-01", key="list", type="dynamiclist", fields=inner),)
    )

    assert clauses_shown(form, {}) == ("EX-01",)
    assert clauses_shown(form, {"list": []}) == ("EX-01",)
    assert clauses_shown(form, {"list": [{}]}) == ("EX-01", "EX-02")
    assert clauses_shown(form, {"list": [{}, {"ex_02": "x"}]}) == ("EX-01", "EX-02", "EX-03")


def test_the_questions_that_open_a_case_have_run_when_it_has_started():
    now = datetime(2026, 9, 22, 10, 5, tzinfo=UTC)

    case = CaseRun.start(definition(), {"received_at": now}, case_id="case", now=now)

    start = next(e for e in case.take_effects() if isinstance(e, ElementDone))
    assert start.kind == "startEvent"
    form = definition().forms[definition().processes["front_door"].elements["contact_made"].form_id]
    asked = {clause for field in form.walk() for clause in field.clauses}
    assert asked & set(start.clauses)
