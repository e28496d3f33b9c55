"""The benchmark's model on plain SpiffWorkflow: its own dialect, parser, engine and serialiser."""

import re
from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.util.task import TaskState

SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
ENTRIES = {  # FEEL that its table reader does not know, in Python
    "[18..65]": "? &gt;= 18 and ? &lt;= 65",
    '"new","change"': '? in ("new", "change")',
    'not("new")': '? != "new"',
    "request.age": "request['age']",
    "request.kind": "request['kind']",
}


class PlainSpiff:
    """Runs one process instance as SpiffWorkflow's documentation shows it."""

    def __init__(self, models: Path) -> None:
        parser = SpiffBpmnParser()
        for file in sorted(models.glob("*.bpmn")):
            parser.add_bpmn_str(in_its_dialect(file.read_text()).encode())
        for file in sorted(models.glob("*.dmn")):
            parser.add_dmn_str(table_in_its_dialect(file.read_text()).encode())
        self._spec = parser.get_spec("support_request")
        self._called = parser.get_subprocess_specs("support_request")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(DEFAULT_CONFIG))

    def start(self, variables: dict[str, Any]) -> str:
        """Start a process instance and return its saved state."""
        workflow = BpmnWorkflow(self._spec, self._called)
        workflow.task_tree.set_data(**variables)
        workflow.do_engine_steps()
        return self.save(workflow)

    def restore(self, state: str) -> BpmnWorkflow:
        """Return the saved process instance."""
        return self._serializer.deserialize_json(state)

    def complete_next(self, workflow: BpmnWorkflow, answers: dict[str, Any]) -> str | None:
        """Complete the open user task whose id comes first; return its element id."""
        tasks = workflow.get_tasks(state=TaskState.READY, manual=True)
        if not tasks:
            return None
        task = min(tasks, key=lambda task: task.task_spec.bpmn_id)
        task.data.update(answers)
        task.run()
        workflow.do_engine_steps()
        return str(task.task_spec.bpmn_id)

    def save(self, workflow: BpmnWorkflow) -> str:
        """Return the state as text."""
        return str(self._serializer.serialize_json(workflow))

    def variables(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        """Return what the process instance has come to."""
        return dict(workflow.data)


def in_its_dialect(text: str) -> str:
    """Return a Camunda 8 diagram as SpiffWorkflow's own editor would write it."""
    text = text.replace("<bpmn:definitions ", f"<bpmn:definitions {SPIFF} ", 1)
    text = re.sub(
        r'<bpmn:callActivity id="(\w+)"([^>]*)>(\s*)<bpmn:extensionElements>'
        r'<zeebe:calledElement processId="(\w+)" /></bpmn:extensionElements>',
        r'<bpmn:callActivity id="\1"\2 calledElement="\4">',
        text,
    )
    text = re.sub(
        r'<zeebe:calledDecision decisionId="(\w+)" resultVariable="\w+" />',
        r"<spiffworkflow:calledDecisionId>\1</spiffworkflow:calledDecisionId>",
        text,
    )
    text = re.sub(
        r"<bpmn:extensionElements><zeebe:script[^>]*></bpmn:extensionElements>"
        r"((?:\s*<bpmn:(?:incoming|outgoing)>\w+</bpmn:(?:incoming|outgoing)>)*)",
        r"\1<bpmn:script>total = amount * 2</bpmn:script>",
        text,
    )
    text = re.sub(r">=(\w+) = false<", r">\1 == False<", text)
    return re.sub(r">(P\d+D)<", r'>"\1"<', text)


def table_in_its_dialect(text: str) -> str:
    """Return the decision table with its entries in Python."""
    for feel, python in ENTRIES.items():
        text = text.replace(f"<text>{feel}</text>", f"<text>{python}</text>")
    return text
