"""One referral through several authorities: what each does, and where they part."""

from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from engine import parallel
from engine.errors import Invalid
from engine.parallel.as_json import together_as_json
from engine.scenarios import Arrival, Scenario, play, read
from engine.scenarios.judge import trace_of
from tests.engine.parallel.authorities import ROOT, TUESDAY, changed, everyone, given, some

FRONT_DOOR = "bpmn/southwark/front_door.bpmn"


def about(parting: parallel.Parting) -> tuple[str, str]:
    return parting.kind, parting.word


def test_an_authority_and_itself_do_not_part() -> None:
    southwark = everyone()["southwark"]

    together = parallel.run({"ours": southwark, "theirs": southwark}, given())

    assert together.partings == ()
    assert together.first_by_pair == {("ours", "theirs"): None}
    assert not together.outcomes_differ


def test_the_manager_authorises_here_and_there_the_text_names_nobody() -> None:
    together = parallel.run(some("southwark", "lincolnshire"), given())

    (point,) = (p for p in together.partings if p.kind == "authorised")
    ours, theirs = point.sides["southwark"], point.sides["lincolnshire"]

    assert (ours.state, ours.text) == ("does", "asks the Duty Manager to authorise")
    assert "SWK-77" in ours.clauses
    assert (theirs.state, theirs.clauses) == ("silent", ())
    assert point.sentence == (
        "authorisation: Southwark asks the Duty Manager to authorise (SWK-77, SWK-78); "
        "Lincolnshire: nobody is named who authorises (silent)."
    )


def test_a_limit_of_another_length_is_the_one_point_where_two_versions_part() -> None:
    southwark = everyone()["southwark"]
    source = southwark.sources[FRONT_DOOR]
    start = source.index(b'value="write_up"')
    amount = source.index(b'name="deadline.amount"', start)
    old = source[start : source.index(b"/>", amount)]
    longer = changed("southwark", FRONT_DOOR, old, old.replace(b'"24"', b'"30"'))

    together = parallel.run({"now": southwark, "then": longer}, given())

    (point,) = together.partings
    assert about(point) == ("limit", "write_up")
    assert point.sides["now"].text == "sets a limit for write up: 24 hours"
    assert point.sides["then"].text == "sets a limit for write up: 30 hours"
    assert together.first_by_pair["now", "then"] == point


def test_silence_is_told_from_what_is_only_not_on_this_course() -> None:
    together = parallel.run(some("southwark", "cambridgeshire"), given())
    limits = {p.word: p.sides for p in together.partings if p.kind == "limit"}

    assert limits["disposal_decision"]["cambridgeshire"].state == "not_here"
    assert limits["internal_redirection"]["cambridgeshire"].state == "silent"


def test_a_question_that_the_other_asks_elsewhere_is_no_parting() -> None:
    together = parallel.run(some("milton_keynes", "southwark"), given())
    asked = [p for p in together.partings if p.kind == "asked"]

    assert asked
    assert all("silent" in {side.state for side in p.sides.values()} for p in asked)


def test_a_value_that_is_no_option_here_is_left_out_where_others_remain() -> None:
    facts = {"needs_more_than_advice": False, "responses": ["signposting", "advice"]}

    together = parallel.run(some("southwark", "lincolnshire"), given(**facts))
    southwark, lincolnshire = together.runs.values()

    assert southwark.left_out == ("“signposting” for responses is not an option here",)
    assert (southwark.stopped, southwark.all_outcomes) == (None, ("advice",))
    assert (lincolnshire.left_out, set(lincolnshire.all_outcomes)) == (
        (),
        {"signposting", "advice"},
    )


def test_a_course_ends_where_no_value_is_an_option_and_says_nothing_of_what_follows() -> None:
    facts = {"needs_more_than_advice": False, "responses": ["signposting"]}

    together = parallel.run(some("southwark", "lincolnshire"), given(**facts))
    run = together.runs["southwark"]

    assert run.stopped == "“signposting” for responses is not an option here"
    assert run.acts[-1].kind == "stopped"
    (end,) = (p for p in together.partings if p.kind == "stopped")
    assert end.sides["lincolnshire"].text == "it goes on"
    assert not any(p.kind == "outcome" for p in together.partings)


def test_silence_is_silence_also_where_the_course_has_ended() -> None:
    facts = {"needs_more_than_advice": False, "responses": ["signposting"]}

    together = parallel.run(some("cambridgeshire", "milton_keynes"), given(**facts))
    first = together.partings[0]

    assert all(run.stopped for run in together.runs.values())
    assert about(first) == ("limit", "level_of_response")
    assert first.sides["cambridgeshire"].state == "silent"


def test_an_outcome_that_a_form_lets_people_choose_is_not_called_silence() -> None:
    early_help = given(child_in_need=False, responses=["early_help"])

    together = parallel.run(some("lincolnshire", "southwark"), early_help)
    point = next(p for p in together.points if about(p) == ("outcome", "early_help"))

    assert point.sides["southwark"].state == "does"
    assert point.sides["lincolnshire"].state == "not_here"


def test_a_limit_missed_is_a_point_where_they_part() -> None:
    late = Scenario(name="late", start=TUESDAY, takes={"disposal": timedelta(hours=30)})

    together = parallel.run(some("southwark", "sefton"), late)

    missed = {p.word for p in together.points if p.kind == "missed"}
    assert "disposal_decision" in missed
    (limit,) = (x for x in together.runs["southwark"].limits if x.name == "disposal_decision")
    assert limit.met is False
    assert "(SWK-51)" in limit.explanation


def test_each_child_has_its_outcome() -> None:
    children = [
        {"name": "Child A", "facts": {"significant_harm_suspected": True}},
        {"name": "Child B"},
    ]

    together = parallel.run(some("southwark", "sefton"), given(children=children))

    for run in together.runs.values():
        assert "section_47_enquiry" in run.outcomes["Child A"]
        assert "section_47_enquiry" not in run.outcomes["Child B"]


def test_nobody_to_compare_is_refused() -> None:
    with pytest.raises(Invalid):
        parallel.run({}, given())


@pytest.mark.parametrize("order", list(permutations(("sefton", "southwark", "lincolnshire"))))
def test_the_order_of_the_authorities_changes_nothing(order: tuple[str, ...]) -> None:
    usual = parallel.run(some("lincolnshire", "sefton", "southwark"), given())

    together = parallel.run(some(*order), given())

    assert [about(p) for p in together.partings] == [about(p) for p in usual.partings]
    for (a, b), first in together.first_by_pair.items():
        same = usual.first_by_pair[min(a, b), max(a, b)]
        assert (first and about(first)) == (same and about(same))


@settings(max_examples=25, deadline=None)
@given_by(st.data())
def test_each_run_is_what_the_authority_does_alone(data: st.DataObject) -> None:
    vocabulary = everyone()["sefton"].vocabulary
    facts = {
        fact.id: data.draw(st.sampled_from(values), label=fact.id)
        for fact in vocabulary.facts.values()
        if (values := parallel.choices(fact)) and data.draw(st.integers(0, 4)) == 0
    }

    together = parallel.run(everyone(), given(**facts))

    for key, run in together.runs.items():
        alone = play(given(**facts), everyone()[key])
        trace = trace_of(given(**facts), alone.effects)
        assert set(run.all_outcomes) == set(trace["outcomes"])
        assert run.strategy_outcome == trace["strategy_outcome"]
        assert bool(run.authorised_by) == (trace["authorised_by"] == "manager")
        assert {limit.name for limit in run.limits} == set(trace["deadlines"])
        told = {f"{n['recipient']}:{n['kind']}" for n in trace["notifications"]}
        assert set(run.told) <= told
        assert run.stopped == (None if not alone.mismatches else run.stopped)


def test_what_a_scenario_says_arrives_arrives() -> None:
    arrival = Arrival(after=timedelta(hours=20), message="written_confirmation")
    referral = Scenario(name="late letter", start=TUESDAY, arrivals=(arrival,))

    run = parallel.run(some("southwark"), referral).runs["southwark"]

    (limit,) = (x for x in run.limits if x.name == "written_confirmation")
    assert limit.met is True
    assert any(act.kind == "message" for act in run.acts)


@pytest.mark.parametrize("authority", sorted(everyone()))
def test_every_scenario_plays_everywhere_or_says_why_not(authority: str) -> None:
    file = ROOT / "bpmn" / authority / "scenarios.toml"
    for scenario in read(file.read_bytes(), file=str(file))[::6]:
        for run in parallel.run(everyone(), scenario).runs.values():
            assert run.stopped is None or "is not an option here" in run.stopped


def test_json_says_what_each_did_and_where_they_part() -> None:
    document = together_as_json(parallel.run(some("southwark", "sefton"), given()))

    assert set(document["authorities"]) == {"southwark", "sefton"}
    assert document["authorities"]["sefton"]["outcomes"] == {"Child A": ["assessment"]}
    (pair,) = document["first_by_pair"]
    assert pair["parting"] == document["partings"][0]
