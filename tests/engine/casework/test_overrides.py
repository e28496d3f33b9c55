"""Professional judgement in a decision table's place: for one step, with its mark."""

from collections.abc import Sequence
from typing import Any

import pytest

from engine.casework import CaseRun, CaseTask, InvalidOverride, Override, possible_answers
from engine.casework import effects as fx
from tests.engine.casework.playing import answers, child, run_to
from tests.engine.casework.test_case import TUESDAY, southwark, started

REASON = "The brother's account makes the lower option unsafe."
RESPONSE = "decide_type_of_response"


def judged(outputs: Any, *, decision: str = "disposal_option", **more: Any) -> Override:
    given = {"child": None, "reason": REASON, "by": "person:7", **more}
    return Override(decision_id=decision, outputs=outputs, **given)


def about_to_respond(*names: str) -> CaseRun:
    """A referral whose next task asks which disposal option fits."""
    case = started(children=[child(name) for name in names])
    run_to(case, RESPONSE, children=[child(name) for name in names])
    case.take_effects()
    return case


def respond(case: CaseRun, overrides: Sequence[Override], *, name: str | None = None) -> None:
    task = waiting(case, RESPONSE, name)
    given = answers(task, {}, now=TUESDAY)
    case.complete(task.id, given, now=TUESDAY, overrides=overrides)


def waiting(case: CaseRun, element: str, name: str | None = None) -> CaseTask:
    return next(
        task
        for task in case.open_tasks()
        if task.element_id == element and name in (None, task.child)
    )


def decisions(case: CaseRun) -> list[fx.DecisionTaken]:
    return [e for e in case.take_effects() if isinstance(e, fx.DecisionTaken)]


def test_judgement_stands_in_the_tables_place_and_the_table_is_still_told() -> None:
    case = about_to_respond("Ana")

    respond(case, [judged("4")])

    (taken,) = decisions(case)
    assert (taken.outputs, taken.table_outputs) == ("4", "3")
    assert taken.rules == ("moderate_to_high",)
    assert taken.override is not None
    assert (taken.override.by, taken.override.reason) == ("person:7", REASON)
    assert waiting(case, "propose_disposal").variables["disposal_option"] == "4"


def test_table_that_nobody_overrides_says_what_holds() -> None:
    case = about_to_respond("Ana")

    respond(case, [])

    (taken,) = decisions(case)
    assert (taken.outputs, taken.table_outputs, taken.override) == ("3", "3", None)


def test_judgement_about_one_child_leaves_the_other_to_the_table() -> None:
    case = about_to_respond("Ana", "Ben")

    respond(case, [], name="Ben")
    respond(case, [judged("4", child="Ben")], name="Ana")  # the last: both are decided on now

    assert {taken.child: taken.outputs for taken in decisions(case)} == {"Ben": "4", "Ana": "3"}


def test_judgement_about_a_child_whom_the_step_is_not_about_is_refused() -> None:
    case = about_to_respond("Ana", "Ben")

    with pytest.raises(InvalidOverride, match=r"does not ask .* for Cleo"):
        respond(case, [judged("4", child="Cleo")], name="Ana")


def test_judgement_about_any_child_stands_for_each_that_the_step_decides_on() -> None:
    case = about_to_respond("Ana", "Ben")
    respond(case, [], name="Ben")

    respond(case, [judged("4")], name="Ana")

    assert {taken.child: taken.outputs for taken in decisions(case)} == {"Ana": "4", "Ben": "4"}


def test_judgement_that_names_the_child_comes_before_one_about_any() -> None:
    case = about_to_respond("Ana")

    with pytest.raises(InvalidOverride, match="does not ask"):
        respond(case, [judged("2"), judged("4", child="Ana")], name="Ana")


def test_table_that_the_step_does_not_ask_cannot_be_overridden() -> None:
    case = about_to_respond("Ana")

    with pytest.raises(InvalidOverride, match="does not ask"):
        respond(case, [judged("referral", decision="progression")])


def test_judgement_holds_for_its_step_only_and_is_not_kept() -> None:
    case = about_to_respond("Ana")
    respond(case, [judged("4")])
    case.take_effects()

    restored = CaseRun.restore(southwark(), case.dump())
    run_to(restored, "authorise_disposal")
    task = waiting(restored, "authorise_disposal")
    restored.complete(task.id, answers(task, {}, now=TUESDAY), now=TUESDAY)

    assert restored.dump() == CaseRun.restore(southwark(), restored.dump()).dump()
    assert REASON not in restored.dump()
    assert next((d.decision_id, d.override) for d in decisions(restored)) == ("next_step", None)


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        (judged("5"), "must be one of 1, 2, 3, 4, manager determines"),
        (judged(4), "must be one of"),
        (judged(None), "must be one of"),
        (judged({"disposal_option": "4"}), "must be one of"),
        (judged("4", reason="  because "), "Say why"),
        (judged("4", reason="x" * 20_001), "20000 letters"),
        (judged("4", decision="colour"), "no decision table"),
    ],
)
def test_judgement_that_no_table_could_give_is_refused_with_a_sentence(
    override: Override, sentence: str
) -> None:
    case = about_to_respond("Ana")
    before = case.dump()

    with pytest.raises(InvalidOverride, match=sentence):
        respond(case, [override])

    assert case.dump() == before


def test_yes_is_no_number() -> None:
    (column,) = possible_answers(southwark(), "referrer_identity")
    case = started()
    task = run_to(case, "establish_information")

    with pytest.raises(InvalidOverride, match="must be one of yes, no"):
        case.complete(
            task.id,
            answers(task, {}, now=TUESDAY),
            now=TUESDAY,
            overrides=[judged(1, decision="referrer_identity")],
        )
    assert column.values == (True, False)


def test_every_table_of_the_procedure_tells_what_it_can_say() -> None:
    for decision_id in southwark().decisions:
        columns = possible_answers(southwark(), decision_id)
        assert all(column.values for column in columns), decision_id
