"""The graph of decisions, inputs, functions and services, and one evaluation of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.feel.evaluator.functions import coerced_result
from engine.feel.expressions import Converted
from engine.feel.run import Compiled, Run, Scope, Value
from engine.feel.types import Type

Key = tuple[str, str]  # namespace and id
Kind = Literal["input", "decision", "knowledge", "service"]
Slots = Mapping[str, "Key | Slots"]


@dataclass(frozen=True, kw_only=True)
class Service:
    """What a decision service takes and gives."""

    inputs: tuple[Key, ...]
    outputs: tuple[Key, ...]
    result: Type


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An element of the graph; `slots` are the names that its logic can see."""

    key: Key
    kind: Kind
    name: str
    type: Type
    slots: Slots
    logic: Compiled
    service: Service | None = None


Graph = Mapping[Key, Drawn]


def circles(graph: Graph) -> Iterator[tuple[str, str]]:
    """The elements that need themselves, each with a sentence."""
    settled: set[Key] = set()
    for start in graph:
        waiting: list[tuple[Key, Iterator[Key]]] = [(start, iter(_needs(graph, start)))]
        path = {start}
        while waiting:
            key, needs = waiting[-1]
            needed = next((need for need in needs if need not in settled), None)
            if needed is None:
                waiting.pop()
                path.discard(key)
                settled.add(key)
            elif needed in path:
                yield needed[1], "The element requires itself, directly or through others"
            else:
                waiting.append((needed, iter(_needs(graph, needed))))
                path.add(needed)


def _needs(graph: Graph, key: Key) -> list[Key]:
    if key not in graph or graph[key].kind == "knowledge":
        return []  # a function may call itself
    return list(_keys(graph[key].slots))


def _keys(slots: Slots) -> Iterator[Key]:
    for slot in slots.values():
        if isinstance(slot, tuple):
            yield slot
        else:
            yield from _keys(slot)


class Session:
    """One evaluation: inputs, and the values worked out so far."""

    def __init__(
        self,
        graph: Graph,
        run: Run,
        inputs: Mapping[str, Any],
        given: Mapping[Key, Value] | None = None,
    ) -> None:
        self.graph = graph
        self.run = run
        self.inputs = Converted(inputs)
        self._values: dict[Key, Value] = dict(given or {})
        self._free = Scope(self.inputs, run)

    def value(self, key: Key) -> Value:
        """The value of an element, worked out once."""
        if key not in self._values:
            self._values[key] = self._work_out(self.graph[key])
        return self._values[key]

    def _work_out(self, element: Drawn) -> Value:
        if element.kind == "input":
            value = self.inputs.get(element.name)
            if element.name not in self.inputs:
                self.run.warn(f"There is no value for the input {element.name!r}")
        else:
            visible = Visible(self, element.slots)
            value = element.logic(Scope(visible, self.run, self._free))
        return coerced_result(self.run, element.name, value, element.type)


class Visible(Mapping[str, Value]):
    """The values that an element's logic can see, worked out when they are read."""

    __slots__ = ("_session", "_slots")

    def __init__(self, session: Session, slots: Slots) -> None:
        self._session = session
        self._slots = slots

    def __getitem__(self, name: str) -> Value:
        return self._read(self._slots[name])

    def get(self, name: str, default: Any = None) -> Value:
        """The value of that name, or the default where nothing has it."""
        slot = self._slots.get(name)
        return default if slot is None else self._read(slot)

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def _read(self, slot: "Key | Slots") -> Value:
        if isinstance(slot, tuple):
            return self._session.value(slot)
        return {name: self._read(inner) for name, inner in slot.items()}
