"""Effects of a step as text in the timeline, and effects again from that text."""

import re
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from engine.casework import Override
from engine.casework import effects as fx
from engine.store.tables import TimelineEvent

_COMMON = frozenset(field.name for field in fields(fx.Effect))


def _event_of(kind: type[fx.Effect]) -> str:
    return re.sub(r"(?<=.)(?=[A-Z])", ".", kind.__name__).lower()


_KINDS = {_event_of(kind): kind for kind in fx.Effect.__subclasses__()}


def event_of(effect: fx.Effect) -> str:
    """The effect's name in the timeline: `deadline.missed`, `task.opened`."""
    return _event_of(type(effect))


def detail_of(effect: fx.Effect) -> dict[str, Any]:
    """What the effect says beyond what all effects have, as JSON data."""
    own = (field.name for field in fields(effect) if field.name not in _COMMON)
    return {name: _plain(getattr(effect, name)) for name in own}


def effect_of(row: TimelineEvent) -> fx.Effect:
    """The effect that a row of the timeline tells of."""
    kind = _KINDS[row.event]
    readers = {field.name: _reader(str(field.type)) for field in fields(kind)}
    own = {name: readers[name](value) for name, value in row.detail.items()}
    return kind(
        at=row.at,
        process_id=row.process_id,
        element_id=row.element_id,
        name=row.name,
        clauses=tuple(row.clauses),
        child=row.child,
        **own,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Override):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value


def _reader(annotation: str) -> Callable[[Any], Any]:
    if "datetime" in annotation:
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if annotation.startswith("Override"):
        return lambda value: None if value is None else Override(**value)
    return tuple if annotation.startswith("tuple") else lambda value: value
