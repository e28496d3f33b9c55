"""The bookkeeping of an independent interpreter: who waits for what, and what has happened."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.engine.execution.sketch import Block

Done = Callable[[], None]


@dataclass(eq=False)
class Room:
    """The tokens of one process or sub-process."""

    path: tuple[str, ...]
    left: Done
    count: int = 1
    activities: list["Activity"] = field(default_factory=list)
    loose: list["Alarm"] = field(default_factory=list)  # waits that belong to no activity
    writes: dict[str, int] = field(default_factory=dict)


@dataclass(eq=False)
class Activity:
    """Something under way: it may hold rooms, be watched by alarms, wait for a person."""

    name: str
    path: tuple[str, ...]
    room: Room
    word: str = "Element"
    rooms: list[Room] = field(default_factory=list)
    instances: list["Activity"] = field(default_factory=list)
    alarms: list["Alarm"] = field(default_factory=list)
    finish: Done | None = None  # what completing the user task does
    is_open: bool = False
    awaits: bool = False
    caught: Callable[[], None] | None = None  # what an escalation out of it does


@dataclass(eq=False)
class Alarm:
    """An armed timer, or a message that is waited for at a gateway."""

    name: str
    path: tuple[str, ...]
    due: datetime | None
    host: str | None
    ring: Done
    order: int


class Rooms:
    """Who waits for what, where; subclassed by what the blocks mean."""

    def __init__(self, block: Block, now: datetime) -> None:
        self.now = now
        self.is_done = False
        self.happened: Counter[tuple[Any, ...]] = Counter()
        self.alarms: list[Alarm] = []
        self.activities: list[Activity] = []
        self._armed = 0
        self.top = Room((), self._finish)
        self._enter("main", self.top, block)

    @property
    def open(self) -> list[tuple[str, tuple[str, ...]]]:
        """(element, path) of the user tasks that wait."""
        return sorted((a.name, a.path) for a in self.activities if a.is_open)

    @property
    def due(self) -> datetime | None:
        """The instant of the next timer."""
        return min((alarm.due for alarm in self.alarms if alarm.due), default=None)

    @property
    def awaits_message(self) -> bool:
        """Say whether anything waits for the message."""
        return any(a.awaits for a in self.activities) or any(not a.due for a in self.alarms)

    def ring(self, now: datetime, *, strictly: bool) -> None:
        """Fire what is due."""
        self.now = now
        while True:
            due = [
                (alarm.due, alarm.order, alarm)
                for alarm in self.alarms
                if alarm.due and (alarm.due < now or (alarm.due == now and not strictly))
            ]
            if not due:
                return
            self._fire(min(due)[2])

    def complete(self, name: str, path: tuple[str, ...], value: int) -> bool:
        """Complete a user task; say whether it was open."""
        for activity in self.activities:
            if activity.is_open and (activity.name, activity.path) == (name, path):
                activity.room.writes[f"w_{value}_{name}"] = value
                activity.is_open = False
                assert activity.finish is not None
                activity.finish()
                return True
        return False

    def deliver(self) -> None:
        """Hand the message to all that wait for it."""
        tasks = [a for a in self.activities if a.awaits]
        gates = [alarm for alarm in self.alarms if alarm.due is None]
        for task in tasks:
            self._note("MessageCaught", task.name, task.path)
            task.awaits = False
            assert task.finish is not None
            task.finish()
        for alarm in gates:
            if alarm in self.alarms:
                self.alarms.remove(alarm)
                self._note("MessageCaught", alarm.name, alarm.path)
                alarm.ring()

    def _note(self, word: str, name: str, path: tuple[str, ...], *more: Any) -> None:
        self.happened[(word, name, path, *more)] += 1

    def _ended(self, name: str, room: Room) -> None:
        self._note("ElementEnded", name, room.path)

    def _finish(self) -> None:
        self.is_done = True

    def _enter(self, name: str, room: Room, block: Block) -> None:
        self._ended(f"{name}_s", room)

        def last() -> None:
            self._ended(f"{name}_e", room)
            self._token_gone(room)

        self._run(block, room, last)

    def _token_gone(self, room: Room) -> None:
        room.count -= 1
        if room.count == 0:
            room.left()

    def _begin(
        self, name: str, room: Room, *, path: tuple[str, ...] = (), word: str = "Element"
    ) -> Activity:
        activity = Activity(name, path or room.path, room, word)
        self._note(f"{word}Started", name, activity.path)
        self.activities.append(activity)
        room.activities.append(activity)
        return activity

    def _end(self, activity: Activity) -> None:
        self._forget(activity)
        self._note(f"{activity.word}Ended", activity.name, activity.path)
        for alarm in list(activity.alarms):
            self._silence(alarm)

    def _forget(self, activity: Activity) -> None:
        self.activities.remove(activity)
        activity.room.activities.remove(activity)

    def _cancel(self, activity: Activity) -> None:
        if activity not in self.activities:
            return
        for inside in list(activity.instances):
            self._cancel(inside)
        for room in activity.rooms:
            self._close(room)
        self._forget(activity)
        self._note(f"{activity.word}Cancelled", activity.name, activity.path)
        for alarm in list(activity.alarms):
            self._silence(alarm)

    def _close(self, room: Room) -> None:
        for activity in list(room.activities):
            self._cancel(activity)
        for alarm in list(room.loose):
            self._silence(alarm)
        room.left = lambda: None

    def _arm(self, name: str, due: datetime | None, ring: Done, *, host: Activity | Room) -> Alarm:
        self._armed += 1
        if isinstance(host, Activity):
            alarm = Alarm(name, host.room.path, due, host.name, ring, self._armed)
            host.alarms.append(alarm)
        else:
            alarm = Alarm(name, host.path, due, None, ring, self._armed)
            host.loose.append(alarm)
        self.alarms.append(alarm)
        if due is not None:
            self._note("TimerStarted", name, alarm.path, due, alarm.host)
            if due < self.now:
                self._fire(alarm)
        return alarm

    def _fire(self, alarm: Alarm) -> None:
        self.alarms.remove(alarm)
        self._note("TimerFired", alarm.name, alarm.path, alarm.due, alarm.host)
        alarm.ring()

    def _silence(self, alarm: Alarm) -> None:
        if alarm in self.alarms:
            self.alarms.remove(alarm)
            if alarm.due is not None:
                self._note("TimerStopped", alarm.name, alarm.path, alarm.due, alarm.host)

    def _run(self, block: Block, room: Room, done: Done) -> None:
        getattr(self, f"_run_{block.kind}")(block, room, done, **block.ids)
