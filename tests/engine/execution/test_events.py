"""What happened is told completely, in order, with the flows taken and the rules that matched."""

from engine import dmn
from engine.execution import events as ev
from tests.engine.execution.drawing import START, Drawing, Run, called, line, timer

TABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
    namespace="http://example.test">
  <decision id="level" name="Level">
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="i"><inputExpression id="ie"><text>score</text></inputExpression></input>
      <output id="o" name="level"/>
      <rule id="low"><inputEntry id="a"><text>&lt; 5</text></inputEntry>
        <outputEntry id="b"><text>"low"</text></outputEntry></rule>
      <rule id="high"><inputEntry id="c"><text>&gt;= 5</text></inputEntry>
        <outputEntry id="e"><text>"high"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""
ASK = '<zeebe:calledDecision decisionId="level" resultVariable="need"/>'


def decided():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("businessRuleTask", "rate", extra=ASK)
    drawing.node("exclusiveGateway", "which", default="which-other")
    drawing.node("userTask", "urgent")
    drawing.node("userTask", "other")
    drawing.chain("start", "rate", "which", "other")
    drawing.flow("which", "urgent", '=need = "high"')
    decisions = {"level": dmn.parse(TABLE, file="level.dmn")}
    return Run(drawing, {"score": 7}, decisions=decisions)


def test_decision_names_its_rules_inputs_and_outputs():
    run = decided()

    (made,) = (event for event in run.events if isinstance(event, ev.DecisionMade))

    assert (made.decision_id, made.rules, made.outputs) == ("level", ("high",), "high")
    assert made.inputs["score"] == 7
    assert run.open == ["urgent"]
    assert run.execution.open_tasks()[0].variables == {"score": 7, "need": "high"}


def test_every_element_tells_its_end_and_the_flows_taken():
    run = decided()

    ended = [(e.element_id, e.flows) for e in run.events if isinstance(e, ev.ElementEnded)]

    assert ended == [
        ("start", ("start-rate",)),
        ("rate", ("rate-which",)),
        ("which", ("which-urgent",)),
    ]


def test_joins_and_parallel_splits_tell_once_each():
    drawing = Drawing()
    drawing.node("startEvent", "start")
    drawing.node("parallelGateway", "split")
    drawing.node("parallelGateway", "join")
    drawing.node("endEvent", "end")
    drawing.chain("start", "split")
    for name in ("a", "b"):
        drawing.node("sendTask", name)
        drawing.chain("split", name, "join")
    drawing.chain("join", "end")

    run = Run(drawing)

    ended = [(e.element_id, e.flows) for e in run.events if isinstance(e, ev.ElementEnded)]
    assert ended == [
        ("start", ("start-split",)),
        ("split", ("split-a", "split-b")),
        ("a", ("a-join",)),
        ("b", ("b-join",)),
        ("join", ("join-end",)),
        ("end", ()),
    ]


def test_paths_and_processes_say_where_it_happened():
    middle = Drawing()
    middle.node("startEvent", "begin")
    middle.node("callActivity", "call", extra=called("inner"))
    middle.chain("begin", "call")
    drawing = line("after")
    drawing.flows.clear()
    drawing.sub("sub", middle)
    drawing.chain("start", "sub", "after", "end")
    run = Run(drawing, inner=line("ask"))

    run.complete("ask", x=1)

    where = {
        (e.process_id, e.element_id): e.path for e in run.events if isinstance(e, ev.ElementEnded)
    }
    assert where[("inner", "ask")] == ("sub", "call")
    assert where[("main", "call")] == ("sub",)
    assert where[("main", "begin")] == ("sub",)
    assert where[("main", "sub")] == ()


def test_activity_is_named_alike_from_its_start_to_its_end_over_save_and_restore():
    run = Run(line("a", "b"))
    run.complete("a")

    told = [e for e in run.events if e.element_id == "a"]

    assert [type(e) for e in told] == [ev.ElementStarted, ev.ElementEnded]
    assert len({e.activity for e in told}) == 1
    assert len({e.activity for e in run.events}) == len({e.element_id for e in run.events})


def test_events_of_a_started_element_show_what_it_could_see_then():
    run = Run(line("a", "b"), {"x": 1})
    run.complete("a", x=2)

    started = {e.element_id: e for e in run.events if isinstance(e, ev.ElementStarted)}
    ended = {e.element_id: e for e in run.events if isinstance(e, ev.ElementEnded)}

    assert started["a"].variables == {"x": 1}
    assert ended["a"].variables == {"x": 2}
    assert started["b"].at == START


def test_withdrawal_tells_the_innermost_first():
    inner = line("ask")
    inner.boundary("limit", "ask", timer("P9D"), interrupting=False)
    drawing = line()
    drawing.flows.clear()
    drawing.node("callActivity", "call", extra=called("inner"))
    drawing.boundary("late", "call", timer("PT1H"))
    drawing.node("userTask", "instead")
    drawing.chain("start", "call", "end")
    drawing.chain("late", "instead")
    run = Run(drawing, inner=inner)
    run.events.clear()

    run.wait(hours=1)

    assert run.happened() == [
        ("TimerFired", "late"),
        ("ElementCancelled", "ask"),
        ("TimerStopped", "limit"),
        ("ElementCancelled", "call"),
        ("ElementEnded", "late"),
        ("ElementStarted", "instead"),
    ]


def test_events_are_taken_once():
    run = Run(line("a"))

    assert run.events
    assert run.execution.take_events() == ()
