"""An independent interpreter of blocks: no engine, only who waits for what, and what happened."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.engine.execution.blocks import Block

Done = Callable[[], None]
PAST = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


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


class Interpreter:
    """Runs a block the slow and obvious way."""

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
            due = [a for a in self.alarms if a.due and (a.due < now or a.due == now and not strictly)]
            if not due:
                return
            self._fire(min(due, key=lambda alarm: (alarm.due, alarm.order)))

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

    # -- activities

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

    # -- alarms

    def _arm(
        self, name: str, due: datetime | None, ring: Done, *, host: Activity | Room
    ) -> Alarm:
        self._armed += 1
        is_watch = isinstance(host, Activity)
        path = host.room.path if isinstance(host, Activity) else host.path
        alarm = Alarm(name, path, due, host.name if is_watch else None, ring, self._armed)  # type: ignore[union-attr]
        (host.alarms if isinstance(host, Activity) else host.loose).append(alarm)
        self.alarms.append(alarm)
        if due is not None:
            self._note("TimerStarted", name, path, due, alarm.host)
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

    def _after(self, block: Block) -> datetime:
        return self.now + timedelta(seconds=block.length)

    # -- blocks

    def _run(self, block: Block, room: Room, done: Done) -> None:
        getattr(self, f"_run_{block.kind}")(block, room, done, **block.ids)

    def _user(self, name: str, room: Room, done: Done, path: tuple[str, ...] = ()) -> Activity:
        activity = self._begin(name, room, path=path)
        activity.is_open = True

        def finish() -> None:
            self._end(activity)
            done()

        activity.finish = finish
        return activity

    def _beside(self, room: Room, name: str, l: str, e: str) -> None:
        """A token comes out of a boundary event and goes its own way to its own end."""
        self._ended(name, room)
        room.count += 1

        def last() -> None:
            self._ended(e, room)
            self._token_gone(room)

        self._user(l, room, last)

    def _instead(self, host: Activity, name: str, l: str, j: str, done: Done) -> None:
        """A boundary event withdraws its host."""
        self._cancel(host)
        self._ended(name, host.room)
        self._user(l, host.room, lambda: self._passes(j, host.room, done))

    def _passes(self, name: str, room: Room, done: Done) -> None:
        self._ended(name, room)
        done()

    def _run_user(self, block: Block, room: Room, done: Done, u: str) -> None:
        self._user(u, room, done)

    def _run_script(self, block: Block, room: Room, done: Done, c: str) -> None:
        self._end(self._begin(c, room))
        done()

    def _run_send(self, block: Block, room: Room, done: Done, s: str) -> None:
        self._end(self._begin(s, room))
        done()

    def _run_late(
        self, block: Block, room: Room, done: Done, s: str, t: str, l: str, e: str
    ) -> None:
        host = self._begin(s, room)
        self._arm(t, PAST, lambda: self._beside(room, t, l, e), host=host)
        self._end(host)
        done()

    def _run_receive(self, block: Block, room: Room, done: Done, r: str) -> None:
        activity = self._user(r, room, done)
        activity.is_open, activity.awaits = False, True

    def _run_seq(self, block: Block, room: Room, done: Done) -> None:
        def following(number: int) -> None:
            if number == len(block.parts):
                done()
            else:
                self._run(block.parts[number], room, lambda: following(number + 1))

        following(0)

    def _run_parallel(self, block: Block, room: Room, done: Done, g: str, j: str) -> None:
        self._branches(block.parts, room, done, g, j)

    def _run_inclusive(self, block: Block, room: Room, done: Done, g: str, j: str) -> None:
        taken = self._picked(block)
        self._branches(taken or block.parts[:1], room, done, g, j)

    def _run_exclusive(self, block: Block, room: Room, done: Done, g: str, j: str) -> None:
        taken = self._picked(block)
        self._branches((taken or block.parts)[:1], room, done, g, j)

    def _picked(self, block: Block) -> list[Block]:
        return [
            part
            for number, part in enumerate(block.parts)
            if number and block.picks[number].holds(self.now)
        ]

    def _branches(self, taken: list[Block], room: Room, done: Done, g: str, j: str) -> None:
        self._ended(g, room)
        open_now = [len(taken)]

        def arrive() -> None:
            open_now[0] -= 1
            if open_now[0] == 0:
                self._passes(j, room, done)

        for part in taken:
            self._run(part, room, arrive)

    def _run_rework(
        self, block: Block, room: Room, done: Done, m: str, u: str, x: str
    ) -> None:
        def decide() -> None:
            self._ended(x, room)
            if block.picks[0].holds(self.now):
                again()
            else:
                self._passes(f"{x}_done", room, done)

        def again() -> None:
            self._ended(m, room)
            self._run(block.parts[0], room, lambda: self._user(u, room, decide) and None)

        again()

    def _run_reminded(
        self, block: Block, room: Room, done: Done, u: str, t: str, l: str, e: str
    ) -> None:
        host = self._user(u, room, done)
        self._arm(t, self._after(block), lambda: self._beside(room, t, l, e), host=host)

    def _run_cycle(
        self, block: Block, room: Room, done: Done, u: str, t: str, l: str, e: str
    ) -> None:
        host = self._user(u, room, done)
        first = self._after(block)

        def ring() -> None:
            missed = (self.now - first) // timedelta(seconds=block.length)
            due = first + (missed + 1) * timedelta(seconds=block.length)
            self._arm(t, due, lambda: self._beside(room, t, l, e), host=host)
            self._beside(room, t, l, e)

        self._arm(t, first, ring, host=host)

    def _run_interrupted(
        self, block: Block, room: Room, done: Done, u: str, t: str, l: str, j: str
    ) -> None:
        host = self._user(u, room, lambda: self._passes(j, room, done))
        self._arm(t, self._after(block), lambda: self._instead(host, t, l, j, done), host=host)

    def _run_gate(
        self, block: Block, room: Room, done: Done, g: str, t: str, o: str, j: str
    ) -> None:
        both: list[Alarm] = []

        def decided(name: str) -> None:
            self._ended(g, room)
            for alarm in both:
                self._silence(alarm)
                room.loose.remove(alarm)
            self._ended(name, room)
            self._passes(j, room, done)

        both.append(self._arm(t, self._after(block), lambda: decided(t), host=room))
        both.append(self._arm(o, None, lambda: decided(o), host=room))

    def _inside(
        self, host: Activity, block: Block, done: Done, *, entry: str = "", keep: bool = True
    ) -> None:
        """Run the first part in a room of its own."""

        def left() -> None:
            self._end(host)
            if keep:
                host.room.writes.update(room.writes)
            done()

        room = Room((*host.room.path, entry or host.name), left)
        host.rooms.append(room)
        self._enter(host.name, room, block.parts[0])

    def _run_call(self, block: Block, room: Room, done: Done, a: str) -> None:
        self._inside(self._begin(a, room), block, done)

    _run_sub = _run_call

    def _run_call_until(
        self, block: Block, room: Room, done: Done, a: str, t: str, l: str, j: str
    ) -> None:
        host = self._begin(a, room)
        self._arm(t, self._after(block), lambda: self._instead(host, t, l, j, done), host=host)
        self._inside(host, block, lambda: self._passes(j, room, done))

    def _run_sub_reminded(
        self, block: Block, room: Room, done: Done, a: str, t: str, l: str, e: str
    ) -> None:
        host = self._begin(a, room)
        self._arm(t, self._after(block), lambda: self._beside(room, t, l, e), host=host)
        self._inside(host, block, done)

    def _run_several(self, block: Block, room: Room, done: Done, a: str) -> None:
        self._instances(self._begin(a, room, word="MultiInstance"), block, done)

    def _run_several_until(
        self, block: Block, room: Room, done: Done, a: str, t: str, l: str, e: str, j: str
    ) -> None:
        body = self._begin(a, room, word="MultiInstance")
        if block.settings["interrupting"]:
            self._arm(t, self._after(block), lambda: self._instead(body, t, l, j, done), host=body)
            self._instances(body, block, lambda: self._passes(j, room, done))
        else:
            self._arm(t, self._after(block), lambda: self._beside(room, t, l, e), host=body)
            self._instances(body, block, done)

    def _instances(self, body: Activity, block: Block, done: Done) -> None:
        total, finished = block.settings["count"], [0]

        def whole() -> None:
            self._end(body)
            done()

        def one(number: int) -> None:
            entry = f"{body.name}#{number}"
            path = (*body.room.path, entry)
            local = Room(path, whole)  # what is written inside stays inside
            if block.settings["inside"] == "user":
                instance = self._user(body.name, local, counted, path)
                body.instances.append(instance)
            else:
                instance = self._begin(body.name, local, path=path)
                body.instances.append(instance)
                self._inside_instance(instance, block, counted)

        def counted() -> None:
            finished[0] += 1
            if finished[0] == total:
                whole()
            elif block.settings["sequential"]:
                one(finished[0])

        if not total:
            whole()
        for number in range(min(total, 1) if block.settings["sequential"] else total):
            one(number)

    def _inside_instance(self, instance: Activity, block: Block, done: Done) -> None:
        def left() -> None:
            self._end(instance)
            done()

        room = Room(instance.path, left)
        instance.rooms.append(room)
        self._enter(instance.name, room, block.parts[0])

    def _run_escalate(
        self,
        block: Block,
        room: Room,
        done: Done,
        a: str,
        h: str,
        t: str,
        l: str,
        e: str,
        j: str,
    ) -> None:
        host = self._begin(a, room)
        is_interrupting = block.settings["interrupting"]

        def left() -> None:
            self._end(host)
            room.writes.update(inner.writes)
            if is_interrupting:
                self._passes(j, room, done)
            else:
                done()

        inner = Room((*room.path, a), left)
        host.rooms.append(inner)

        def last() -> None:
            self._ended(f"{a}_e", inner)
            self._token_gone(inner)

        def raised() -> None:
            self._ended(h, inner)
            if is_interrupting:
                room.writes.update(inner.writes)
                self._instead(host, t, l, j, done)
            else:
                self._beside(room, t, l, e)
                self._run(block.parts[1], inner, last)

        self._ended(f"{a}_s", inner)
        self._run(block.parts[0], inner, raised)
