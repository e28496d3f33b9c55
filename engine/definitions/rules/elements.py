"""Which BPMN elements, attributes and extensions are understood; everything else is refused."""

from collections.abc import Iterator

from engine.definitions import names
from engine.definitions.diagram import Diagram, Node, flow_element, is_bpmn, local, namespace
from engine.definitions.problems import Finding

_PLAIN_WORDS = """
    definitions process collaboration participant laneSet lane flowNodeRef childLaneSet
    sequenceFlow messageFlow conditionExpression startEvent endEvent boundaryEvent
    intermediateCatchEvent intermediateThrowEvent userTask scriptTask businessRuleTask
    sendTask receiveTask callActivity subProcess exclusiveGateway inclusiveGateway
    parallelGateway eventBasedGateway incoming outgoing documentation extensionElements
    timerEventDefinition messageEventDefinition escalationEventDefinition
    terminateEventDefinition timeDate timeDuration timeCycle message escalation
    multiInstanceLoopCharacteristics completionCondition textAnnotation text association group
    category categoryValue
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_HINTS = {
    "task": "draw a user task if a person does it, a script task if it computes something",
    "manualTask": "draw a user task, so that it is in somebody's worklist",
    "serviceTask": "draw a send task to tell somebody, a business rule task to decide",
    "adHocSubProcess": "draw the tasks as parallel branches",
    "transaction": "draw a plain sub-process",
    "complexGateway": "draw an exclusive, inclusive or parallel gateway",
    "standardLoopCharacteristics": "draw the loop with an exclusive gateway and a flow back",
    "loopCardinality": "give a list in zeebe:loopCharacteristics inputCollection",
    "loopCondition": "draw the loop with an exclusive gateway and a flow back",
    "script": "write FEEL in zeebe:script expression",
    "dataObject": "variables need no symbol; say it in a text annotation",
    "dataObjectReference": "variables need no symbol; say it in a text annotation",
    "dataStoreReference": "variables need no symbol; say it in a text annotation",
    "dataInputAssociation": "use zeebe:ioMapping",
    "dataOutputAssociation": "use zeebe:ioMapping",
    "ioSpecification": "use zeebe:ioMapping",
    "property": "use zeebe:properties",
    "linkEventDefinition": "draw the sequence flow itself, or a call activity",
    "signalEventDefinition": "draw an escalation event, or a message that somebody sends",
    "signal": "draw an escalation event, or a message that somebody sends",
    "compensateEventDefinition": "draw the step that undoes the work as a task of its own",
    "cancelEventDefinition": "draw an exclusive gateway, or an escalation event",
    "conditionalEventDefinition": "draw an exclusive gateway, or a message event",
    "errorEventDefinition": "draw an escalation event, or an exclusive gateway after the step",
    "error": "draw an escalation event, or an exclusive gateway after the step",
    "loopDataInputRef": "give a list in zeebe:loopCharacteristics inputCollection",
    "correlationProperty": "give zeebe:subscription correlationKey on the message",
    "correlationKey": "give zeebe:subscription correlationKey on the message",
    "correlationSubscription": "give zeebe:subscription correlationKey on the message",
    "globalUserTask": "draw a call activity that calls a process of its own",
}
_ATTRIBUTES_WORDS = """
    id name targetNamespace exporter exporterVersion expressionLanguage typeLanguage
    isExecutable isClosed processType processRef sourceRef targetRef default attachedToRef
    cancelActivity messageRef escalationRef escalationCode isSequential gatewayDirection
    textFormat associationDirection categoryValueRef value language
"""
_ATTRIBUTES = frozenset(_ATTRIBUTES_WORDS.split())
_ONLY_VALUE = {
    "isForCompensation": "false", "parallelMultiple": "false", "triggeredByEvent": "false",
    "startQuantity": "1", "completionQuantity": "1", "instantiate": "false",
    "isInterrupting": "true", "isImmediate": "true", "eventGatewayType": "Exclusive",
    "behavior": "All", "implementation": "##WebService",
}  # fmt: skip
_NAMESPACES = {names.MODELER, names.ZEEBE, names.XSI, names.COLOUR, names.BIOC}
_EXTENSIONS = {
    "userTask": "",
    "formDefinition": "formId bindingType versionTag",
    "assignmentDefinition": "candidateGroups",
    "taskDefinition": "type retries",
    "calledElement": "processId propagateAllChildVariables propagateAllParentVariables"
    " bindingType versionTag",
    "calledDecision": "decisionId resultVariable bindingType versionTag",
    "script": "expression resultVariable",
    "ioMapping": "",
    "input": "source target",
    "output": "source target",
    "properties": "",
    "property": "name value",
    "loopCharacteristics": "inputCollection inputElement outputCollection outputElement",
    "subscription": "correlationKey",
    "versionTag": "value",
}
_EXTENSION_HINTS = {
    "assignee": "give candidateGroups, a role: procedures name roles, not people",
    "candidateUsers": "give candidateGroups, a role: procedures name roles, not people",
    "taskSchedule": "draw the limit as a boundary timer with deadline properties",
    "executionListeners": "draw the step",
    "taskListeners": "draw the step",
    "taskHeaders": "use zeebe:properties",
    "formKey": "give formId and a .form file",
    "externalReference": "give formId and a .form file",
}


def known_elements(diagram: Diagram) -> Iterator[Finding]:
    """Only elements that the engine runs, or that are notes for readers, may be drawn."""
    for node in _outside_extensions(diagram):
        if namespace(node) == names.BPMN and local(node) not in _PLAIN:
            yield Finding(element=flow_element(node), message=_unsupported(node))
        elif node.get("triggeredByEvent") == "true":
            message = "Event sub-processes are not run: draw a boundary event on the step instead."
            yield Finding(element=flow_element(node), message=message)


def known_content(diagram: Diagram) -> Iterator[Finding]:
    """Content that is no BPMN stands inside `extensionElements`, and never is another engine's."""
    for node in diagram.nodes():
        space = namespace(node)
        if space in {names.BPMN, names.BPMNDI, names.DC, names.DI, names.ZEEBE}:
            continue
        parent = node.getparent()
        if parent is None or is_bpmn(parent, "extensionElements") or not _in_extension(node):
            message = (
                f"<{local(node)}> belongs to {space or 'no namespace'}, which is not used here."
                " Delete it; extensions are those of Camunda 8 (zeebe)."
            )
            yield Finding(element=flow_element(node), message=message)


def known_attributes(diagram: Diagram) -> Iterator[Finding]:
    """Attributes are those that the engine respects: one that it ignored would mislead a reader."""
    for node in _outside_extensions(diagram):
        if namespace(node) != names.BPMN:
            continue
        for key, value in node.attrib.items():
            message = _attribute_problem(str(key), str(value))
            if message:
                yield Finding(element=flow_element(node), message=message)


def known_extensions(diagram: Diagram) -> Iterator[Finding]:
    """Camunda 8 extensions are those that the engine respects, with the attributes it respects."""
    for node in diagram.root.iter(f"{{{names.ZEEBE}}}*"):
        allowed = _EXTENSIONS.get(local(node))
        if allowed is None:
            hint = _EXTENSION_HINTS.get(local(node), "delete it")
            message = f"zeebe:{local(node)} does nothing here: {hint}."
            yield Finding(element=flow_element(node), message=message)
            continue
        for key in node.attrib:
            if str(key) not in allowed.split():
                hint = _EXTENSION_HINTS.get(str(key), "delete it")
                message = f"zeebe:{local(node)} {key!s} does nothing here: {hint}."
                yield Finding(element=flow_element(node), message=message)


def _outside_extensions(diagram: Diagram) -> Iterator[Node]:
    for node in diagram.nodes():
        if not _in_extension(node):
            yield node


def _in_extension(node: Node) -> bool:
    return any(is_bpmn(around, "extensionElements") for around in node.iterancestors())


def _unsupported(node: Node) -> str:
    tag = local(node)
    hint = _HINTS.get(tag, "delete it, or say it in a text annotation")
    return f"<{tag}> is not part of the profile: {hint}."


def _attribute_problem(key: str, value: str) -> str | None:
    space, _, name = key.rpartition("}")
    if space:
        if space[1:] in _NAMESPACES or name == "lang":
            return None
        return f"The attribute {name} belongs to {space[1:]}, which is not used here. Delete it."
    if key in _ATTRIBUTES or value == _ONLY_VALUE.get(key) or key == "triggeredByEvent":
        return None  # known_elements says it of an event sub-process
    if key in _ONLY_VALUE:
        return f'The attribute {key}="{value[:60]}" is not supported: only "{_ONLY_VALUE[key]}" is.'
    hint = _ATTRIBUTE_HINTS.get(key, "delete it")
    return f"The attribute {key} does nothing here: {hint}."


_ATTRIBUTE_HINTS = {
    "scriptFormat": "scripts are FEEL, in zeebe:script expression",
    "calledElement": "name the process in zeebe:calledElement processId",
    "loopMaximum": "draw the loop with an exclusive gateway and a flow back",
}
