"""Puts right what a running process instance knows: a variable replaced wherever it is held.

A token's variables are shared with the tokens before it, and what is shared stays shared: the
saved state grows by nothing.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from engine.execution.limits import Variables
from engine.execution.scope import ProcessInstance
from engine.execution.tokens import Token

Entry = Mapping[str, Any]


class Correction:
    """One variable put right, and the entries of lists and items that were copied from it.

    `entries` has each entry of the variable as it was and as it is now; `untouched` names the
    variables that hold nothing copied. `concerns` says of which variables it is true.
    """

    def __init__(
        self,
        name: str,
        value: Any,
        *,
        entries: Sequence[tuple[Entry, Entry]],
        untouched: Container[str],
        concerns: Callable[[Mapping[str, Any]], bool],
    ) -> None:
        self._name = name
        self._value = value
        self._entries = [(old, new) for old, new in entries if old and old != new]
        self._untouched = untouched
        self._concerns = concerns
        self._made: dict[tuple[int, bool], tuple[Any, Any]] = {}  # both kept: ids stay theirs
        self.changed = False

    def make_in(self, instance: ProcessInstance) -> bool:
        """Put it right in every token; say whether it was held anywhere."""
        for scope in instance.scopes:
            for token in scope.tasks.values():
                if self._concerns(token.data):
                    self._in_token(token)
        if instance.completed and self._concerns(instance.data):
            instance.data = self._in_variables(instance.data, hidden=False)
        return self.changed

    def _in_token(self, token: Token) -> None:
        inside = token.internal_data
        hidden = self._name in inside.get("local", {})  # there the name means something else
        token.data = self._in_variables(token.data, hidden=hidden)
        if hidden and inside["local"][self._name]:
            inside["local"] = {**inside["local"], self._name: [self._value]}
        if self._name in inside.get("ended", {}):
            inside["ended"] = {k: v for k, v in inside["ended"].items() if k != self._name}
        if self._entries:
            token.internal_data = {key: self._copied(item) for key, item in inside.items()}

    def _in_variables(self, data: Variables, *, hidden: bool) -> Variables:
        key = (id(data), hidden)
        if key not in self._made:
            self._made[key] = (data, self._renewed(data, hidden=hidden))
        found: Variables = self._made[key][1]
        return found

    def _renewed(self, data: Variables, *, hidden: bool) -> Variables:
        made = data
        if self._entries:
            made = {
                name: item if name in self._untouched else self._copied(item)
                for name, item in data.items()
            }
        if self._name in data and not hidden:
            self.changed = True
            made = {**made, self._name: self._value}
        return made

    def _copied(self, value: Any) -> Any:
        """Give a value with the entries in it put right; the same value gives the same again."""
        if not isinstance(value, dict | list):
            return value
        key = (id(value), False)
        if key not in self._made:
            self._made[key] = (value, self._rebuilt(value))
        return self._made[key][1]

    def _rebuilt(self, value: Any) -> Any:
        if isinstance(value, list):
            items = [self._copied(item) for item in value]
            return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
        for old, new in self._entries:
            if all(key in value and value[key] == item for key, item in old.items()):
                return {**{k: v for k, v in value.items() if k not in old}, **new}
        made = {name: self._copied(item) for name, item in value.items()}
        return made if any(made[name] is not value[name] for name in value) else value
