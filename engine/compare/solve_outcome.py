"""What a table comes to when certain of its rules match."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from engine.dmn.hit_policy import SINGLE, AmbiguousRules, aggregate, choose
from engine.dmn.model import Rule, Table
from engine.feel import evaluate
from engine.feel.compare import equal
from engine.feel.run import Run, Value

AMBIGUOUS: Final = "no result, for rules match together that may not"


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """Rules match together that the hit policy does not allow together."""


def key_of(result: Any) -> str:
    """The same text for results that are the same: 1 and 1.0 are."""
    if isinstance(result, Decimal):
        return f"{result.normalize():f}"
    if isinstance(result, list):
        return f"[{', '.join(map(key_of, result))}]"
    if isinstance(result, Mapping):
        return f"{{{', '.join(f'{name}: {key_of(result[name])}' for name in sorted(result))}}}"
    return repr(result)


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """The results of one table, each worked out once."""

    table: Table
    _known: dict[tuple[str, str], Value] = field(default_factory=dict)

    def rules(self, bits: int, context: Mapping[str, Value]) -> tuple[int, ...]:
        """The places of the rules that count, of those that match."""
        try:
            return tuple(int(hit.id) for hit, _ in self._chosen(bits, context))
        except AmbiguousRules:
            return _places(bits)

    def result(self, bits: int, context: Mapping[str, Value]) -> Any:
        """What the table gives, as its decision would."""
        try:
            chosen = self._chosen(bits, context)
        except AmbiguousRules:
            return Ambiguous()
        if not chosen:
            return self._default(context)
        results = [self._named(outputs) for _, outputs in chosen]
        if self.table.hit_policy in SINGLE:
            return results[0]
        if self.table.aggregation:
            return aggregate(Run(), self.table.aggregation, results)
        return results

    def _chosen(
        self, bits: int, context: Mapping[str, Value]
    ) -> Sequence[tuple[Any, tuple[Value, ...]]]:
        answers = [(_Hit(id=str(at)), self._outputs(at, context)) for at in _places(bits)]
        return choose(self.table.hit_policy, self.table.id, answers, self._rank)

    def _outputs(self, place: int, context: Mapping[str, Value]) -> tuple[Value, ...]:
        rule: Rule = self.table.rules[place]
        return tuple(self._value(text or "null", context) for text in rule.outputs)

    def _default(self, context: Mapping[str, Value]) -> Value:
        columns = self.table.outputs
        if all(column.default is None for column in columns):
            return None
        return self._named(tuple(self._value(c.default or "null", context) for c in columns))

    def _named(self, outputs: tuple[Value, ...]) -> Value:
        if len(outputs) == 1:
            return outputs[0]
        names = (column.name for column in self.table.outputs)
        return dict(zip(names, outputs, strict=True))

    def _rank(self, outputs: tuple[Value, ...]) -> tuple[int, ...]:
        return tuple(
            self._place(column.allowed_values, value)
            for column, value in zip(self.table.outputs, outputs, strict=True)
        )

    def _place(self, allowed: str | None, value: Value) -> int:
        listed = self._value(f"[{allowed}]", {}) if allowed else []
        places = (at for at, each in enumerate(listed or ()) if equal(each, value) is True)
        return next(places, len(listed or ()))

    def _value(self, text: str, context: Mapping[str, Value]) -> Value:
        key = (text, repr(sorted(context.items(), key=str)))
        if key not in self._known:
            self._known[key] = evaluate(text, dict(context))
        return self._known[key]


@dataclass(frozen=True, kw_only=True)
class _Hit:
    """A rule that matches, by its place."""

    id: str


def _places(bits: int) -> tuple[int, ...]:
    return tuple(at for at in range(bits.bit_length()) if bits >> at & 1)
