"""Where everything stands in the picture of parallel timelines: numbers for an SVG, no style."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from engine.definitions.model import AuthorityDefinition
from engine.parallel import Limit, Run, Together
from web.filters import words

WIDTH = 960
_EDGE = 8
_AXIS = 26  # height of the axis
_HEAD = 46  # of a lane: its name, and the row of its acts
_ROW = 20  # of one limit
_GAP = 12  # between lanes
_STEPS = (6, 12, 24, 48, 168, 336, 672)  # hours between two marks of the axis
_DAY = 24
_MOST_MARKS = 9
_NEAR = 62  # two labels closer than this would run into each other
_LABEL = 6.6  # about the width of a letter
_INSIDE = 6  # between a bar's edge and its label


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A label on the axis, or acts done at one instant."""

    x: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A limit, from what started it to its end; `ends` is not drawn for one beyond the picture."""

    x: float
    y: float
    width: float
    text_x: float
    anchor: str  # where the label's text is fastened
    label: str
    state: str  # met, missed, open


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One authority's part of the picture."""

    y: float
    name: str
    outcome: str
    acts: tuple[Mark, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The whole picture."""

    height: float
    marks: tuple[Mark, ...]
    closed: tuple[tuple[float, float], ...]  # x and width of days on which nobody works
    lanes: tuple[Lane, ...]


class _Axis:
    def __init__(self, first: datetime, last: datetime, zone: ZoneInfo) -> None:
        self.first, self.last = first, max(last, first + timedelta(hours=1))
        self.zone = zone
        self._scale = (WIDTH - 2 * _EDGE) / (self.last - self.first).total_seconds()

    def x(self, instant: datetime) -> float:
        inside = min(max(instant, self.first), self.last)
        return round(_EDGE + (inside - self.first).total_seconds() * self._scale, 1)

    def midnights(self) -> Iterator[datetime]:
        day = self.first.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        while day <= self.last:
            yield day
            day += timedelta(days=1)


def picture(together: Together) -> Picture:
    """Lay out the runs of one referral on one time axis."""
    definition = next(iter(together.definitions.values()))
    axis = _axis(together, definition.calendar.zone)
    lanes = []
    y = float(_AXIS)
    for run in together.runs.values():
        lane = _lane(run, axis, y)
        lanes.append(lane)
        y += _HEAD + _ROW * len(lane.bars) + _GAP
    return Picture(
        height=y,
        marks=tuple(_marks(axis)),
        closed=tuple(_closed(axis, definition)),
        lanes=tuple(lanes),
    )


def _axis(together: Together, zone: ZoneInfo) -> _Axis:
    """Return an axis for acts and limits; a limit of the next procedure may run out of it."""
    runs = together.runs.values()
    own = [limit for run in runs for limit in run.limits if limit.owner != "next_procedure"]
    firsts = [together.referral.start, *(limit.started_from for limit in own)]
    lasts = [act.at for run in runs for act in run.acts] + [limit.due for limit in own]
    return _Axis(min(firsts), max([*firsts, *lasts]) + timedelta(hours=2), zone)


def _marks(axis: _Axis) -> Iterator[Mark]:
    hours = (axis.last - axis.first).total_seconds() / 3600
    step = next((step for step in _STEPS if hours / step <= _MOST_MARKS), _STEPS[-1])
    first = axis.first.astimezone(axis.zone)
    yield Mark(x=axis.x(first), label=f"{first:%a} {first.day} {first:%b %H:%M}")
    last = float(_NEAR)  # that label is longer than those of days and hours
    for number, midnight in enumerate(axis.midnights()):
        for hour in range(0, _DAY, min(step, _DAY)):
            at = midnight + timedelta(hours=hour)
            is_due = number % max(1, step // _DAY) == 0 and axis.first <= at <= axis.last
            if is_due and last + _NEAR <= axis.x(at) <= WIDTH - _NEAR:
                last = axis.x(at)
                yield Mark(x=last, label=f"{at:%H:%M}" if hour else f"{at:%a} {at.day} {at:%b}")


def _closed(axis: _Axis, definition: AuthorityDefinition) -> Iterator[tuple[float, float]]:
    days = list(axis.midnights())
    for day, following in pairwise([*days, days[-1] + timedelta(days=1)]):
        if not definition.calendar.is_working_day(day.date()):
            x = axis.x(day)
            width = round(axis.x(following) - x, 1)
            if width > 0:
                yield x, width


def _lane(run: Run, axis: _Axis, y: float) -> Lane:
    bars = tuple(
        _bar(limit, axis, y + _HEAD + _ROW * row, whose=whose)
        for row, (limit, whose) in enumerate(by_child(run.limits, run))
    )
    outcomes = ", ".join(words(outcome) for outcome in run.all_outcomes)
    return Lane(
        y=y,
        name=run.name,
        outcome="ends early" if run.stopped else outcomes or "no outcome",
        acts=tuple(_acts(run, axis)),
        bars=bars,
    )


def by_child(limits: Iterable[Limit], run: Run) -> Iterator[tuple[Limit, str]]:
    """Yield each limit once, with the children whose it is; with nobody where it is everybody's."""
    found: dict[Limit, list[str]] = {}
    for limit in limits:
        found.setdefault(replace(limit, child=None), []).extend(
            [limit.child] if limit.child else []
        )
    for limit, children in found.items():
        is_all = set(children) >= set(run.outcomes)
        yield limit, "" if is_all else ", ".join(dict.fromkeys(children))


def _acts(run: Run, axis: _Axis) -> Iterator[Mark]:
    """Yield a mark for each instant at which people did something, with how much."""
    counts: dict[datetime, int] = {}
    for act in run.acts:
        if act.kind == "task":
            counts[act.at] = counts.get(act.at, 0) + 1
    last = float(-_NEAR)
    for at, count in counts.items():
        x = axis.x(at)
        label = f"{count} step{'' if count == 1 else 's'}" if x - last >= _NEAR else ""
        last = x if label else last
        yield Mark(x=x, label=label)


def _bar(limit: Limit, axis: _Axis, y: float, *, whose: str) -> Bar:
    x, end = axis.x(limit.started_from), axis.x(limit.due)
    states: Mapping[bool | None, str] = {True: "met", False: "missed", None: "open"}
    named = f"{words(limit.name)} for {whose}" if whose else words(limit.name)
    later = "" if limit.due <= axis.last else " →"
    label = f"{named}: {limit.length}, {states[limit.met]}{later}"
    end = max(x + 3.0, end)
    text_x, anchor = _beside(x, end, len(label) * _LABEL)
    return Bar(
        x=x,
        y=y,
        width=round(end - x, 1),
        text_x=round(text_x, 1),
        anchor=anchor,
        label=label,
        state=states[limit.met],
    )


def _beside(x: float, end: float, length: float) -> tuple[float, str]:
    """Return where a bar's label is fastened: in it, else behind it, else before it."""
    if length + 2 * _INSIDE <= end - x:
        return x + _INSIDE, "start"
    if end + _INSIDE + length <= WIDTH:
        return end + _INSIDE, "start"
    return (x - _INSIDE, "end") if length < x else (WIDTH - _EDGE, "end")
