"""Timers by a clock that is given: armed once, fired once, never lost, never twice."""

from datetime import datetime, timedelta

import pytest

from engine.errors import Invalid, Refused
from engine.execution import ExecutionFailed, durations
from engine.execution import events as ev
from tests.engine.execution.drawing import START, Drawing, Run, called, line, properties, timer

TIMERS = (ev.TimerStarted, ev.TimerFired, ev.TimerStopped)


def watched(inner, *, interrupting=False, host="task", drawing=None, extra=""):
    """A task with a timer at its edge, and a user task after the timer."""
    drawing = drawing or line("task")
    drawing.boundary("limit", host, inner, interrupting=interrupting, extra=extra)
    drawing.node("userTask", "missed")
    drawing.node("endEvent", "told")
    drawing.chain("limit", "missed", "told")
    return drawing


def test_timer_beside_a_task_fires_once_and_the_task_stays():
    run = Run(watched(timer("PT24H")))

    run.wait(hours=24)
    run.wait(days=300)

    assert run.open == ["task", "missed"]
    assert [kind for kind, _ in run.happened(*TIMERS)] == ["TimerStarted", "TimerFired"]


def test_timer_stops_when_its_task_ends_and_names_it():
    run = Run(watched(timer("PT24H")))

    run.complete("task", answer=1)

    started, stopped = (event for event in run.events if isinstance(event, TIMERS))
    begun = next(e for e in run.events if isinstance(e, ev.ElementStarted))
    assert isinstance(stopped, ev.TimerStopped)
    assert started.host == stopped.host == begun.activity
    assert started.activity == stopped.activity
    assert stopped.due == START + timedelta(hours=24)
    assert stopped.variables == {"answer": 1}
    assert run.execution.next_due() is None


def test_interrupting_timer_withdraws_its_task():
    run = Run(watched(timer("PT24H"), interrupting=True))

    run.wait(hours=24)

    assert run.open == ["missed"]
    assert ("ElementCancelled", "task") in run.happened()


def test_act_at_the_very_instant_is_in_time():
    run = Run(watched(timer("PT24H"), interrupting=True))
    run.now += timedelta(hours=24)

    run.complete("task")

    assert run.execution.is_complete
    assert "TimerFired" not in dict(run.happened())


def test_deadline_that_has_passed_unnoticed_fires_before_the_act():
    run = Run(watched(timer("PT24H")))
    run.now += timedelta(hours=24, seconds=1)

    run.complete("task")

    assert run.open == ["missed"]
    kinds = [kind for kind, _ in run.happened()]
    assert kinds.index("TimerFired") < kinds.index("ElementEnded", 1 + kinds.index("TimerFired"))


def test_task_that_an_unnoticed_timer_withdraws_cannot_be_completed():
    run = Run(watched(timer("PT24H"), interrupting=True))
    run.now += timedelta(hours=25)

    with pytest.raises(Refused, match="withdrawn"):
        run.complete("task")

    assert run.open == ["missed"]


def test_task_cannot_be_completed_twice():
    run = Run(line("a", "b"))
    (task,) = run.execution.open_tasks()
    run.complete("a")

    with pytest.raises(Refused, match="not open"):
        run.execution.complete(task.id, {}, now=run.now)


@pytest.mark.parametrize("tag", ["sendTask", "manualTask", "task"])
def test_timer_whose_instant_is_past_fires_even_at_an_automatic_step(tag):
    drawing = watched(timer("2026-01-01T00:00:00+00:00", "timeDate"), drawing=line("task", tag=tag))

    run = Run(drawing)

    assert run.open == ["missed"]
    assert run.happened(*TIMERS) == [("TimerStarted", "limit"), ("TimerFired", "limit")]
    assert ("ElementEnded", "task") in run.happened()


def test_interrupting_timer_whose_instant_is_past_withdraws_a_called_process_before_it_begins():
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "task", extra=called("inner"))
    drawing.chain("start", "task", "end")
    watched(timer("2026-01-01T00:00:00Z", "timeDate"), interrupting=True, drawing=drawing)

    run = Run(drawing, inner=line("inside"))

    assert run.open == ["missed"]
    assert ("ElementStarted", "inside") not in run.happened()


def test_deadline_comes_from_the_clocks_and_stays_as_it_was_set():
    extra = properties({"deadline.name": "x", "deadline.amount": "24", "deadline.from": "got"})
    drawing = watched(timer("=deadline.due", "timeDate"), extra=extra)

    run = Run(drawing, {"got": "2026-03-03T08:00:00+00:00"})

    assert run.execution.next_due() == datetime.fromisoformat("2026-03-04T08:00:00+00:00")
    run.reload()
    assert run.execution.next_due() == datetime.fromisoformat("2026-03-04T08:00:00+00:00")


def test_missed_rounds_of_a_cycle_come_to_one():
    run = Run(watched(timer("R/P7D", "timeCycle")))

    run.wait(days=30)

    assert run.open == ["task", "missed"]
    assert run.execution.next_due() == START + timedelta(days=35)


def test_cycle_ends_after_its_number_of_rounds():
    run = Run(watched(timer("R2/P1D", "timeCycle")))

    for _ in range(4):
        run.wait(days=1)

    assert run.open == ["task", "missed", "missed"]
    assert run.execution.next_due() is None


def test_reminders_that_are_open_stay_when_the_task_is_completed():
    run = Run(watched(timer("R/P1D", "timeCycle")))
    run.wait(days=1)
    run.wait(days=1)

    run.complete("task")

    assert run.open == ["missed", "missed"]
    assert run.execution.next_due() is None


@pytest.mark.parametrize("kind", ["boundary", "intermediate"])
def test_cycle_that_cannot_repeat_fires_once(kind):
    if kind == "boundary":
        run = Run(watched(timer("R/PT1H", "timeCycle"), interrupting=True))
    else:
        drawing = line("before")
        drawing.flows.clear()
        drawing.node("intermediateCatchEvent", "pause", timer("R/PT1H", "timeCycle"))
        drawing.node("userTask", "missed")
        drawing.chain("start", "before", "pause", "missed", "end")
        run = Run(drawing)
        run.complete("before")

    run.wait(hours=10)

    assert run.open == ["missed"]
    assert run.execution.next_due() is None


def test_two_timers_of_an_event_gateway_keep_their_own_instants():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("eventBasedGateway", "gate")
    for name, length in (("long", "P10D"), ("short", "P2D")):
        drawing.node("intermediateCatchEvent", name, timer(length))
        drawing.node("userTask", f"after_{name}")
        drawing.chain("gate", name, f"after_{name}")
    drawing.chain("start", "gate")
    run = Run(drawing)

    run.wait(days=2)

    assert run.open == ["after_short"]
    assert run.execution.next_due() is None
    gate = next(e for e in run.events if e.element_id == "gate")
    assert gate.flows == ("gate-short",)
    assert ("TimerStopped", "long") in run.happened()


def test_timers_inside_a_called_process_are_stopped_with_it():
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "task", extra=called("inner"))
    drawing.chain("start", "task", "end")
    watched(timer("PT1H"), interrupting=True, drawing=drawing)
    inner = watched(timer("PT2H"))

    run = Run(drawing, inner=inner)
    run.wait(hours=1)

    assert run.execution.next_due() is None
    stopped = next(e for e in run.events if isinstance(e, ev.TimerStopped))
    assert (stopped.process_id, stopped.path) == ("inner", ("task",))


@pytest.mark.parametrize(
    ("start", "text", "due"),
    [
        ("2026-01-31T10:00:00+00:00", "P1M", "2026-02-28T10:00:00+00:00"),
        ("2026-12-31T10:00:00+00:00", "P1Y2M", "2028-02-29T10:00:00+00:00"),
        ("2026-03-03T10:00:00+00:00", "P1W2DT30M", "2026-03-12T10:30:00+00:00"),
    ],
)
def test_months_are_counted_by_the_calendar(start, text, due):
    after = durations.duration(text).after(datetime.fromisoformat(start))

    assert after == datetime.fromisoformat(due)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "-P1D", "1D", "P1.5D", None, 5])
def test_what_is_no_duration_is_invalid(text):
    with pytest.raises(Invalid):
        durations.duration(text)


@pytest.mark.parametrize("text", ["2026-03-03T10:00:00", "2026-03-03", "soon", None])
def test_instant_needs_an_offset(text):
    with pytest.raises(Invalid):
        durations.instant(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("P999999Y", "timeDuration"),
        ("R/PT0S", "timeCycle"),
        ("PT5", "timeDuration"),
        ("=1 + 1", "timeDate"),
    ],
)
def test_timer_that_cannot_be_set_fails_with_its_name(text, kind):
    with pytest.raises(ExecutionFailed) as failure:
        Run(watched(timer(text, kind)))

    assert failure.value.element_id == "limit"


def test_cycle_since_1970_fires_once_and_goes_on_from_now():
    run = Run(watched(timer("R/1970-01-01T00:00:00Z/PT1S", "timeCycle")))

    assert run.open == ["task", "missed"]
    assert run.execution.next_due() == START + timedelta(seconds=1)
