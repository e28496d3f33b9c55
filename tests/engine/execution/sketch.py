"""Random block-structured processes: blocks in blocks, each with the ids of its elements."""

import random
from dataclasses import dataclass, field
from typing import Any

ONE = ("user", "user", "user", "script", "send", "late")
MANY = (
    *ONE,
    *("seq", "seq", "parallel", "exclusive", "inclusive", "rework", "rework"),
    *("reminded", "interrupted", "cycle", "gate", "receive"),
    *("call", "sub", "call_until", "sub_reminded", "several", "several_until", "escalate"),
)


@dataclass
class Block:
    """A part of a process with one way in and one way out."""

    kind: str
    ids: dict[str, str]
    parts: list["Block"] = field(default_factory=list)
    picks: list["Pick"] = field(default_factory=list)
    length: int = 0  # seconds until a timer is due
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pick:
    """A condition that looks random but depends on the time of day alone."""

    minute: int
    second: int

    @property
    def feel(self) -> str:
        """The condition as it stands in the diagram."""
        sum_ = f"now().minute * {self.minute} + now().second * {self.second}"
        return f"=modulo({sum_}, 97) < 42"

    def holds(self, now: Any) -> bool:
        """Say what the condition is worth."""
        return bool((now.minute * self.minute + now.second * self.second) % 97 < 42)


class Sketch:
    """Makes up a process."""

    def __init__(self, seed: int, *, depth: int = 3, kinds: tuple[str, ...] = MANY) -> None:
        self._random = random.Random(seed)
        self._kinds = kinds
        self._depth = depth
        self._count = 0
        self.main = Block("seq", {}, [self._block(depth) for _ in range(3)])

    def _id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _block(self, depth: int) -> Block:
        kinds = {0: ONE, self._depth: self._kinds[len(ONE) :] or ONE}
        kind = self._random.choice(kinds.get(depth, self._kinds))
        names = {
            "user": "u", "script": "c", "send": "s", "late": "s t p e",
            "parallel": "g j", "exclusive": "g j", "inclusive": "g j", "rework": "m u x",
            "reminded": "u t p e", "interrupted": "u t p j", "cycle": "u t p e",
            "gate": "g t o j", "receive": "r", "call": "a", "sub": "a", "call_until": "a t p j",
            "sub_reminded": "a t p e", "several": "a", "several_until": "a t p e j",
            "escalate": "a h t p e j",
        }.get(kind, "")  # fmt: skip
        ids = {name: self._id(name.upper()) for name in names.split()}
        block = Block(kind, ids, length=self._random.randint(1, 9) * 86400 + self._count * 7)
        self._fill(block, depth - 1)
        return block

    def _fill(self, block: Block, depth: int) -> None:
        chance = self._random
        number = {"seq": chance.randint(2, 3), "escalate": 2}.get(block.kind, 1)
        if block.kind in ("parallel", "exclusive", "inclusive"):
            number = chance.randint(2, 3)
        if block.kind not in (*ONE, "reminded", "interrupted", "cycle", "gate", "receive"):
            block.parts = [self._block(depth) for _ in range(number)]
        block.picks = [Pick(chance.randint(1, 96), chance.randint(1, 96)) for _ in range(number)]
        block.settings = {
            "sequential": chance.random() < 0.4,
            "count": chance.choice((0, 1, 2, 2, 3)),
            "inside": chance.choice(("user", "call", "sub")),
            "interrupting": chance.random() < 0.5,
        }
