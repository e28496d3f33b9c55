"""The tags and namespaces of a BPMN file in the Camunda 8 profile."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
COLOUR = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"
BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"

TASKS = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask",
        "sendTask", "receiveTask", "callActivity",
    }
)  # fmt: skip
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
EVENTS = frozenset(
    {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
)
GATEWAYS = frozenset(
    {
        "exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway",
        "complexGateway",
    }
)  # fmt: skip
ACTIVITIES = TASKS | SUB_PROCESSES
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS

EVENT_DEFINITIONS = {
    "timerEventDefinition": "timer",
    "messageEventDefinition": "message",
    "escalationEventDefinition": "escalation",
    "errorEventDefinition": "error",
    "signalEventDefinition": "signal",
    "terminateEventDefinition": "terminate",
    "linkEventDefinition": "link",
    "conditionalEventDefinition": "conditional",
    "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
}
TIMER_KINDS = ("timeDate", "timeDuration", "timeCycle")


def bpmn(tag: str) -> str:
    """The tag in the BPMN namespace, as lxml writes it."""
    return f"{{{BPMN}}}{tag}"


def zeebe(tag: str) -> str:
    """The tag in Camunda 8's namespace, as lxml writes it."""
    return f"{{{ZEEBE}}}{tag}"
