"""What is run: the processes and decisions of one authority, compiled once and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import dmn
from engine.definitions.model import ProcessDefinition
from engine.errors import Invalid, NotFound
from engine.execution.specs import ProcessBuilder, ProcessSpec
from engine.execution.tasks import CallActivity


@dataclass(frozen=True, kw_only=True)
class Program:
    """Processes that call one another, and the decisions that they ask."""

    specs: Mapping[str, ProcessSpec]

    @classmethod
    def compile(
        cls, processes: Mapping[str, ProcessDefinition], decisions: Mapping[str, dmn.Model]
    ) -> "Program":
        """Return the program; raises `Invalid` for what cannot be run."""
        specs = {
            spec.name: spec
            for process in processes.values()
            for spec in ProcessBuilder(process, decisions).build()
        }
        for spec in specs.values():
            for step in spec.task_specs.values():
                if isinstance(step, CallActivity) and step.inside not in processes:
                    raise Invalid(
                        f"{spec.process_id}: '{step.element.id}' calls '{step.inside}', "
                        "which does not exist"
                    )
        return cls(specs=specs)

    def spec(self, name: str) -> ProcessSpec:
        """Return the specification of a process; raises `NotFound`."""
        try:
            return self.specs[name]
        except KeyError:
            raise NotFound(f"There is no process '{name}'") from None
