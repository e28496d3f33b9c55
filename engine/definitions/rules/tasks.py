"""What each kind of step must say so that the engine can run it."""

from collections.abc import Iterator

from engine.definitions.diagram import Diagram, flow_element, local, owner, text
from engine.definitions.elements import extension
from engine.definitions.feel_names import fixed_length
from engine.definitions.model import Element, ProcessDefinition
from engine.definitions.names import ACTIVITIES, bpmn, zeebe
from engine.definitions.problems import Finding
from engine.definitions.rules.variables import filled_by
from engine.definitions.words import problem_with

NOTIFY = "notify"
MAX_INSTANCES = 200


def script_task(diagram: Diagram) -> Iterator[Finding]:
    """A script task is FEEL in `zeebe:script`, and names the variable that takes its result."""
    for element in _of_kind(diagram, "scriptTask"):
        if not element.script:
            message = (
                "The script task has no zeebe:script expression. Write what it computes in FEEL;"
                " no other language is run."
            )
            yield Finding(element=element.id, message=message)
        elif not element.result_variable:
            message = "The script task has no resultVariable: name the variable for its result."
            yield Finding(element=element.id, message=message)


def business_rule_task(diagram: Diagram) -> Iterator[Finding]:
    """A business rule task names its decision, plainly, and the variable that takes the result."""
    for element in _of_kind(diagram, "businessRuleTask"):
        if not element.decision_id or element.decision_id.startswith("="):
            message = "The business rule task needs zeebe:calledDecision with a plain decisionId."
            yield Finding(element=element.id, message=message)
        elif not element.result_variable:
            message = "The decision has no resultVariable: name the variable for its result."
            yield Finding(element=element.id, message=message)


def call_activity(diagram: Diagram) -> Iterator[Finding]:
    """A call activity names the process it calls, plainly: what may run is known beforehand."""
    for element in _of_kind(diagram, "callActivity"):
        if not element.called_element or element.called_element.startswith("="):
            message = "The call activity needs zeebe:calledElement with a plain processId."
            yield Finding(element=element.id, message=message)


def send_task(diagram: Diagram) -> Iterator[Finding]:
    """A send task says who is told what, and has the task type `notify` for the modeller."""
    for node in diagram.root.iter(bpmn("sendTask")):
        definition = extension(node, "taskDefinition")
        if definition is None or definition.get("type") != NOTIFY:
            message = f'The send task needs <zeebe:taskDefinition type="{NOTIFY}" />.'
            yield Finding(element=owner(node), message=message)
    for element in _of_kind(diagram, "sendTask"):
        for name in ("notify.recipient", "notify.kind"):
            if not element.properties.get(name):
                message = f"The send task has no property {name}: say who is told what."
                yield Finding(element=element.id, message=message)


def user_task(diagram: Diagram) -> Iterator[Finding]:
    """A user task is a Camunda user task with a form and a role: who answers which questions."""
    for node in diagram.root.iter(bpmn("userTask")):
        if extension(node, "userTask") is None:
            message = "The user task needs <zeebe:userTask />, or newer modellers warn."
            yield Finding(element=owner(node), message=message)
    for element in _of_kind(diagram, "userTask"):
        if not element.form_id:
            message = "The user task has no form: give zeebe:formDefinition formId."
            yield Finding(element=element.id, message=message)
        if not element.role:
            message = "The user task has no candidateGroups: say which role it waits for."
            yield Finding(element=element.id, message=message)


def misplaced_extensions(diagram: Diagram) -> Iterator[Finding]:
    """An extension stands where it is used: a form on a user task, a script on a script task."""
    for node in diagram.root.iter(f"{zeebe('')}*"):
        around = node.getparent()
        place = None if around is None else around.getparent()
        allowed = _PLACES.get(local(node))
        if allowed is None or place is None or local(place) in allowed:
            continue
        message = f"zeebe:{local(node)} does nothing on <{local(place)}>. Delete it."
        yield Finding(element=flow_element(node), message=message)


_PLACES = {
    "userTask": {"userTask"},
    "formDefinition": {"userTask", "startEvent"},
    "assignmentDefinition": {"userTask"},
    "taskDefinition": {"sendTask"},
    "calledElement": {"callActivity"},
    "calledDecision": {"businessRuleTask"},
    "script": {"scriptTask"},
    "loopCharacteristics": {"multiInstanceLoopCharacteristics"},
    "subscription": {"message"},
    "ioMapping": ACTIVITIES | {"intermediateCatchEvent", "boundaryEvent", "endEvent"}
    | {"intermediateThrowEvent", "startEvent"},
}  # fmt: skip


def multi_instance(diagram: Diagram) -> Iterator[Finding]:
    """A multi-instance step says over which list it runs, and where results go if it has any."""
    for process in diagram.processes:
        for element in process.elements.values():
            loop = element.loop
            if loop is None:
                continue
            if element.kind not in ACTIVITIES:
                message = "Only tasks, call activities and sub-processes can be multi-instance."
                yield Finding(element=element.id, message=message)
            if not loop.input_collection:
                message = "The multi-instance has no inputCollection: give a list in FEEL."
                yield Finding(element=element.id, message=message)
            elif fixed_length(loop.input_collection) > MAX_INSTANCES:
                message = f"The list has more than {MAX_INSTANCES} items. Give a shorter one."
                yield Finding(element=element.id, message=message)
            if bool(loop.output_collection) != bool(loop.output_element):
                message = "Give outputCollection and outputElement together, or neither."
                yield Finding(element=element.id, message=message)


def variable_names(diagram: Diagram) -> Iterator[Finding]:
    """Variables are named in snake_case, by no word of FEEL or of the engine, at most 64 long."""
    for process in diagram.processes:
        for element in process.elements.values():
            for name in filled_by(element):
                problem = problem_with(name)
                if problem:
                    message = f"A variable {problem}."
                    yield Finding(element=element.id, message=message)


def lane_membership(diagram: Diagram) -> Iterator[Finding]:
    """An element lies in one lane at most."""
    for lanes in diagram.root.iter(bpmn("laneSet")):
        placed: dict[str, str] = {}
        for lane in lanes.iterchildren(bpmn("lane")):
            for reference in lane.iterchildren(bpmn("flowNodeRef")):
                other = placed.setdefault(text(reference), lane.get("id", ""))
                if other != lane.get("id", ""):
                    message = "The element lies in two lanes. Leave it in one."
                    yield Finding(element=text(reference), message=message)


def _of_kind(diagram: Diagram, kind: str) -> Iterator[Element]:
    for process in diagram.processes:
        yield from elements_of(process, kind)


def elements_of(process: ProcessDefinition, *kinds: str) -> Iterator[Element]:
    """The elements of these kinds, in the order of the file."""
    return (element for element in process.elements.values() if element.kind in kinds)
