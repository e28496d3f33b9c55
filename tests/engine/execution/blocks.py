"""How each block is drawn."""

from itertools import pairwise

from tests.engine.execution.drawing import Drawing, called, escalation, loop, message, script, timer
from tests.engine.execution.sketch import Block, Sketch


class Blueprint:
    """The diagrams of a sketch: its own and those of the processes that it calls."""

    def __init__(self, sketch: Sketch) -> None:
        self.drawings: dict[str, Drawing] = {}
        self.drawings["main"] = self._process("main", sketch.main)

    def _process(self, name: str, block: Block) -> Drawing:
        drawing = Drawing()
        first, last = self._draw(drawing, block)
        drawing.chain(drawing.node("startEvent", f"{name}_s"), first)
        drawing.chain(last, drawing.node("endEvent", f"{name}_e"))
        return drawing

    def _draw(self, drawing: Drawing, block: Block) -> tuple[str, str]:
        """Draw the block and return its first and last element."""
        draw = getattr(self, f"_draw_{block.kind}", None)
        if draw is not None:
            found: tuple[str, str] = draw(drawing, block, **block.ids)
            return found
        kind = {"user": "userTask", "send": "sendTask", "script": "scriptTask"}[block.kind]
        (only,) = block.ids.values()
        extra = script("=1", "v") if kind == "scriptTask" else ""
        return drawing.node(kind, only, extra=extra), only

    def _draw_seq(self, drawing: Drawing, block: Block) -> tuple[str, str]:
        ends = [self._draw(drawing, part) for part in block.parts]
        for (_, before), (after, _) in pairwise(ends):
            drawing.flow(before, after)
        return ends[0][0], ends[-1][1]

    def _draw_parallel(self, drawing: Drawing, block: Block, *, g: str, j: str) -> tuple[str, str]:
        return self._branches(drawing, block, "parallelGateway", g, j)

    def _draw_exclusive(self, drawing: Drawing, block: Block, *, g: str, j: str) -> tuple[str, str]:
        return self._branches(drawing, block, "exclusiveGateway", g, j)

    def _draw_inclusive(self, drawing: Drawing, block: Block, *, g: str, j: str) -> tuple[str, str]:
        return self._branches(drawing, block, "inclusiveGateway", g, j)

    def _branches(
        self, drawing: Drawing, block: Block, tag: str, g: str, j: str
    ) -> tuple[str, str]:
        default = {} if tag == "parallelGateway" else {"default": f"{g}_0"}
        drawing.node(tag, g, **default)
        drawing.node(tag, j)
        for number, part in enumerate(block.parts):
            first, last = self._draw(drawing, part)
            is_plain = tag == "parallelGateway" or number == 0
            condition = None if is_plain else block.picks[number].feel
            drawing.flow(g, first, condition, id=f"{g}_{number}")
            drawing.flow(last, j)
        return g, j

    def _draw_rework(
        self, drawing: Drawing, block: Block, *, m: str, u: str, x: str
    ) -> tuple[str, str]:
        first, last = self._draw(drawing, block.parts[0])
        drawing.node("exclusiveGateway", m)
        drawing.node("userTask", u)
        done = drawing.node("exclusiveGateway", f"{x}_done")
        drawing.node("exclusiveGateway", x, default=f"{x}-{done}")
        drawing.chain(m, first)
        drawing.chain(last, u, x, done)
        drawing.flow(x, m, block.picks[0].feel)
        return m, done

    def _draw_late(
        self, drawing: Drawing, block: Block, *, s: str, t: str, p: str, e: str
    ) -> tuple[str, str]:
        drawing.node("sendTask", s)
        self._beside(drawing, s, t, p, e, timer("2020-01-01T00:00:00+00:00", "timeDate"))
        return s, s

    def _draw_reminded(
        self, drawing: Drawing, block: Block, *, u: str, t: str, p: str, e: str
    ) -> tuple[str, str]:
        drawing.node("userTask", u)
        self._beside(drawing, u, t, p, e, timer(f"PT{block.length}S"))
        return u, u

    def _draw_cycle(
        self, drawing: Drawing, block: Block, *, u: str, t: str, p: str, e: str
    ) -> tuple[str, str]:
        drawing.node("userTask", u)
        self._beside(drawing, u, t, p, e, timer(f"R2/PT{block.length}S", "timeCycle"))
        return u, u

    def _draw_interrupted(
        self, drawing: Drawing, block: Block, *, u: str, t: str, p: str, j: str
    ) -> tuple[str, str]:
        drawing.node("userTask", u)
        return self._instead(drawing, u, t, p, j, timer(f"PT{block.length}S"))

    def _draw_gate(
        self, drawing: Drawing, block: Block, *, g: str, t: str, o: str, j: str
    ) -> tuple[str, str]:
        drawing.node("eventBasedGateway", g)
        drawing.node("intermediateCatchEvent", t, timer(f"PT{block.length}S"))
        drawing.node("intermediateCatchEvent", o, message("reply"))
        drawing.node("exclusiveGateway", j)
        drawing.chain(g, t, j)
        drawing.chain(g, o, j)
        return g, j

    def _draw_receive(self, drawing: Drawing, block: Block, *, r: str) -> tuple[str, str]:
        return drawing.node("receiveTask", r, messageRef="message_reply"), r

    def _draw_call(self, drawing: Drawing, block: Block, *, a: str) -> tuple[str, str]:
        return self._inside(drawing, block, a, "call"), a

    def _draw_sub(self, drawing: Drawing, block: Block, *, a: str) -> tuple[str, str]:
        return self._inside(drawing, block, a, "sub"), a

    def _draw_call_until(
        self, drawing: Drawing, block: Block, *, a: str, t: str, p: str, j: str
    ) -> tuple[str, str]:
        self._inside(drawing, block, a, "call")
        return self._instead(drawing, a, t, p, j, timer(f"PT{block.length}S"))

    def _draw_sub_reminded(
        self, drawing: Drawing, block: Block, *, a: str, t: str, p: str, e: str
    ) -> tuple[str, str]:
        self._inside(drawing, block, a, "sub")
        self._beside(drawing, a, t, p, e, timer(f"PT{block.length}S"))
        return a, a

    def _draw_several(self, drawing: Drawing, block: Block, *, a: str) -> tuple[str, str]:
        return self._inside(drawing, block, a, block.settings["inside"], several=True), a

    def _draw_several_until(
        self, drawing: Drawing, block: Block, *, a: str, t: str, p: str, e: str, j: str
    ) -> tuple[str, str]:
        self._inside(drawing, block, a, block.settings["inside"], several=True)
        inner = timer(f"PT{block.length}S")
        if block.settings["interrupting"]:
            return self._instead(drawing, a, t, p, j, inner)
        self._beside(drawing, a, t, p, e, inner)
        return a, a

    def _draw_escalate(
        self, drawing: Drawing, block: Block, *, a: str, h: str, t: str, p: str, e: str, j: str
    ) -> tuple[str, str]:
        self._inside(drawing, block, a, block.settings["inside"], throw=h)
        if block.settings["interrupting"]:
            return self._instead(drawing, a, t, p, j, escalation("ESC"))
        self._beside(drawing, a, t, p, e, escalation("ESC"))
        return a, a

    def _inside(
        self,
        drawing: Drawing,
        block: Block,
        a: str,
        inside: str,
        *,
        several: bool = False,
        throw: str = "",
    ) -> str:
        items = f"=[{', '.join(str(n) for n in range(block.settings['count']))}]"
        loops = loop(items, "item", sequential=block.settings["sequential"]) if several else ""
        if inside == "user" and several:
            return drawing.node("userTask", a, loops)
        content = self._content(a, block, throw)
        if inside == "call":
            self.drawings[f"p_{a}"] = content
            return drawing.node("callActivity", a, loops, extra=called(f"p_{a}"))
        return drawing.sub(a, content, loop=loops)

    def _content(self, a: str, block: Block, throw: str) -> Drawing:
        if not throw:
            return self._process(a, block.parts[0])
        drawing = Drawing()
        first, before = self._draw(drawing, block.parts[0])
        after, last = self._draw(drawing, block.parts[1])
        drawing.node("intermediateThrowEvent", throw, escalation("ESC"))
        drawing.node("startEvent", f"{a}_s")
        drawing.node("endEvent", f"{a}_e")
        drawing.chain(f"{a}_s", first)
        drawing.chain(before, throw, after)
        drawing.chain(last, f"{a}_e")
        return drawing

    @staticmethod
    def _beside(drawing: Drawing, host: str, t: str, p: str, e: str, inner: str) -> None:
        drawing.boundary(t, host, inner, interrupting=False)
        drawing.node("userTask", p)
        drawing.node("endEvent", e)
        drawing.chain(t, p, e)

    @staticmethod
    def _instead(
        drawing: Drawing, host: str, t: str, p: str, j: str, inner: str
    ) -> tuple[str, str]:
        drawing.boundary(t, host, inner)
        drawing.node("userTask", p)
        drawing.node("exclusiveGateway", j)
        drawing.chain(host, j)
        drawing.chain(t, p, j)
        return host, j
