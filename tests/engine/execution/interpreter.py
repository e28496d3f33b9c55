"""An independent interpreter of blocks: no engine, each block done the slow and obvious way."""

from datetime import datetime, timedelta

from tests.engine.execution.rooms import Activity, Alarm, Done, Room, Rooms
from tests.engine.execution.sketch import Block

PAST = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


class Interpreter(Rooms):
    """Runs a block."""

    def _after(self, block: Block) -> datetime:
        return self.now + timedelta(seconds=block.length)

    def _user(self, name: str, room: Room, done: Done, path: tuple[str, ...] = ()) -> Activity:
        activity = self._begin(name, room, path=path)
        activity.is_open = True

        def finish() -> None:
            self._end(activity)
            done()

        activity.finish = finish
        return activity

    def _beside(self, room: Room, name: str, p: str, e: str) -> None:
        """A token comes out of a boundary event and goes its own way to its own end."""
        self._ended(name, room)
        room.count += 1

        def last() -> None:
            self._ended(e, room)
            self._token_gone(room)

        self._user(p, room, last)

    def _instead(self, host: Activity, name: str, p: str, j: str, done: Done) -> None:
        """A boundary event withdraws its host."""
        self._cancel(host)
        self._ended(name, host.room)
        self._user(p, host.room, lambda: self._passes(j, host.room, done))

    def _passes(self, name: str, room: Room, done: Done) -> None:
        self._ended(name, room)
        done()

    def _open(self, name: str, room: Room, done: Done) -> None:
        self._user(name, room, done)

    def _run_user(self, block: Block, room: Room, done: Done, *, u: str) -> None:
        self._user(u, room, done)

    def _run_script(self, block: Block, room: Room, done: Done, *, c: str) -> None:
        self._end(self._begin(c, room))
        done()

    def _run_send(self, block: Block, room: Room, done: Done, *, s: str) -> None:
        self._end(self._begin(s, room))
        done()

    def _run_late(
        self, block: Block, room: Room, done: Done, *, s: str, t: str, p: str, e: str
    ) -> None:
        host = self._begin(s, room)
        self._arm(t, PAST, lambda: self._beside(room, t, p, e), host=host)
        self._end(host)
        done()

    def _run_receive(self, block: Block, room: Room, done: Done, *, r: str) -> None:
        activity = self._user(r, room, done)
        activity.is_open, activity.awaits = False, True

    def _run_seq(self, block: Block, room: Room, done: Done) -> None:
        def following(number: int) -> None:
            if number == len(block.parts):
                done()
            else:
                self._run(block.parts[number], room, lambda: following(number + 1))

        following(0)

    def _run_parallel(self, block: Block, room: Room, done: Done, *, g: str, j: str) -> None:
        self._branches(block.parts, room, done, g, j)

    def _run_inclusive(self, block: Block, room: Room, done: Done, *, g: str, j: str) -> None:
        taken = self._picked(block)
        self._branches(taken or block.parts[:1], room, done, g, j)

    def _run_exclusive(self, block: Block, room: Room, done: Done, *, g: str, j: str) -> None:
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

    def _run_rework(self, block: Block, room: Room, done: Done, *, m: str, u: str, x: str) -> None:
        def decide() -> None:
            self._ended(x, room)
            if block.picks[0].holds(self.now):
                again()
            else:
                self._passes(f"{x}_done", room, done)

        def again() -> None:
            self._ended(m, room)
            self._run(block.parts[0], room, lambda: self._open(u, room, decide))

        again()

    def _run_reminded(
        self, block: Block, room: Room, done: Done, *, u: str, t: str, p: str, e: str
    ) -> None:
        host = self._user(u, room, done)
        self._arm(t, self._after(block), lambda: self._beside(room, t, p, e), host=host)

    def _run_cycle(
        self, block: Block, room: Room, done: Done, *, u: str, t: str, p: str, e: str
    ) -> None:
        host = self._user(u, room, done)
        first = self._after(block)

        def ring() -> None:
            missed = (self.now - first) // timedelta(seconds=block.length)
            due = first + (missed + 1) * timedelta(seconds=block.length)
            self._arm(t, due, lambda: self._beside(room, t, p, e), host=host)
            self._beside(room, t, p, e)

        self._arm(t, first, ring, host=host)

    def _run_interrupted(
        self, block: Block, room: Room, done: Done, *, u: str, t: str, p: str, j: str
    ) -> None:
        host = self._user(u, room, lambda: self._passes(j, room, done))
        self._arm(t, self._after(block), lambda: self._instead(host, t, p, j, done), host=host)

    def _run_gate(
        self, block: Block, room: Room, done: Done, *, g: str, t: str, o: str, j: str
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

    def _inside(self, host: Activity, block: Block, done: Done) -> None:
        """Run the first part in a room of its own."""

        def left() -> None:
            self._end(host)
            host.room.writes.update(room.writes)
            done()

        room = Room((*host.room.path, host.name), left)
        host.rooms.append(room)
        self._enter(host.name, room, block.parts[0])

    def _run_call(self, block: Block, room: Room, done: Done, *, a: str) -> None:
        self._inside(self._begin(a, room), block, done)

    _run_sub = _run_call

    def _run_call_until(
        self, block: Block, room: Room, done: Done, *, a: str, t: str, p: str, j: str
    ) -> None:
        host = self._begin(a, room)
        self._arm(t, self._after(block), lambda: self._instead(host, t, p, j, done), host=host)
        self._inside(host, block, lambda: self._passes(j, room, done))

    def _run_sub_reminded(
        self, block: Block, room: Room, done: Done, *, a: str, t: str, p: str, e: str
    ) -> None:
        host = self._begin(a, room)
        self._arm(t, self._after(block), lambda: self._beside(room, t, p, e), host=host)
        self._inside(host, block, done)

    def _run_several(self, block: Block, room: Room, done: Done, *, a: str) -> None:
        self._instances(self._begin(a, room, word="MultiInstance"), block, done)

    def _run_several_until(
        self, block: Block, room: Room, done: Done, *, a: str, t: str, p: str, e: str, j: str
    ) -> None:
        body = self._begin(a, room, word="MultiInstance")
        if block.settings["interrupting"]:
            self._arm(t, self._after(block), lambda: self._instead(body, t, p, j, done), host=body)
            self._instances(body, block, lambda: self._passes(j, room, done))
        else:
            self._arm(t, self._after(block), lambda: self._beside(room, t, p, e), host=body)
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
            self._instance(body, local, block, counted)

        def counted() -> None:
            finished[0] += 1
            if finished[0] == total:
                whole()
            elif block.settings["sequential"]:
                one(finished[0])

        at_once = min(total, 1) if block.settings["sequential"] else total
        for number in range(at_once):
            one(number)
        if not total:
            whole()

    def _instance(self, body: Activity, local: Room, block: Block, done: Done) -> None:
        if block.settings["inside"] == "user":
            body.instances.append(self._user(body.name, local, done, local.path))
            return
        instance = self._begin(body.name, local, path=local.path)
        body.instances.append(instance)

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
        *,
        a: str,
        h: str,
        t: str,
        p: str,
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
                self._instead(host, t, p, j, done)
            else:
                self._beside(room, t, p, e)
                self._run(block.parts[1], inner, last)

        self._ended(f"{a}_s", inner)
        self._run(block.parts[0], inner, raised)
