"""Counts what many referrals came to; every figure knows the referrals that it counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.identifiers import spoken
from engine.parallel.many import Brief
from engine.parallel.partings import pairs_of

MOST_FACTS = 12  # that are shown to go with a difference


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count, with the ids of the referrals that it counts, and out of how many."""

    key: str  # names it in an address
    label: str
    ids: tuple[str, ...]
    of: int

    @property
    def count(self) -> int:
        """How many."""
        return len(self.ids)

    @property
    def percent(self) -> float:
        """The share, in per cent."""
        return 100 * self.count / self.of if self.of else 0.0

    def to_json(self) -> dict[str, Any]:
        """Return the figure as JSON data."""
        return {"key": self.key, "label": self.label, "ids": list(self.ids), "of": self.of}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Figure":
        """Return the figure that `to_json` wrote."""
        return cls(**{**entry, "ids": tuple(entry["ids"])})


@dataclass
class Tally:
    """Takes in briefs, in any order, and gives the figures of all of them."""

    names: Mapping[str, str]  # of the authorities, by key
    done: int = 0
    _found: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _totals: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, brief: Brief) -> None:
        """Count one referral."""
        self.done += 1
        differs = False
        for a, b in pairs_of(tuple(self.names)):
            ours, theirs = brief.came[a], brief.came[b]
            if ours.is_stopped or theirs.is_stopped:
                continue
            self._totals["pairs", f"{a}.{b}"] += 1
            if ours.result != theirs.result:
                differs = True
                self._count("pairs", f"{a}.{b}", brief)
        if differs:
            self._count("differ", "all", brief)
        self._add_facts(brief, differs=differs)
        self._add_courses(brief)
        if brief.first:
            self._count("first", brief.first, brief)

    def _add_facts(self, brief: Brief, *, differs: bool) -> None:
        for fact, value in brief.facts.items():
            self._totals["facts", f"{fact}.{value}"] += 1
            if differs:
                self._count("facts", f"{fact}.{value}", brief)

    def _add_courses(self, brief: Brief) -> None:
        for key, came in brief.came.items():
            if came.is_stopped:
                self._count("stopped", key, brief)
            for outcome in came.outcomes:
                self._count("outcomes", f"{key}.{outcome}", brief)
            for name in {name for name, *_ in came.limits}:
                self._totals["limits", f"{key}.{name}"] += 1
            for name, is_out, is_day_off, is_missed in came.limits:
                marks = (("out_of_hours", is_out), ("day_off", is_day_off), ("missed", is_missed))
                for mark, holds in marks:
                    if holds:
                        self._count(mark, f"{key}.{name}", brief)

    def _count(self, kind: str, key: str, brief: Brief) -> None:
        ids = self._found.setdefault((kind, key), [])
        if not ids or ids[-1] != brief.id:
            ids.append(brief.id)

    def figures(self) -> dict[str, list[Figure]]:
        """Return the figures by what they are about, the greatest first."""
        return {
            "differ": [self._figure("differ", "all", "Outcomes differ")],
            "pairs": [
                self._figure("pairs", f"{a}.{b}", f"{self.names[a]} and {self.names[b]}")
                for a, b in pairs_of(tuple(self.names))
            ],
            "facts": self._facts(),
            "first": self._ranked("first"),
            "outcomes": self._ranked("outcomes"),
            "out_of_hours": self._limits("out_of_hours"),
            "day_off": self._limits("day_off"),
            "missed": self._limits("missed"),
            "stopped": self._ranked("stopped"),
        }

    def _figure(self, kind: str, key: str, label: str) -> Figure:
        ids = sorted(self._found.get((kind, key), ()), key=_in_order)
        total = self._totals.get((_TOTAL.get(kind, kind), key), self.done)
        return Figure(key=f"{kind}.{key}", label=label, ids=tuple(ids), of=total)

    def _ranked(self, kind: str) -> list[Figure]:
        keys = [key for of, key in self._found if of == kind]
        found = [self._figure(kind, key, self._label(key)) for key in keys]
        return sorted(found, key=lambda figure: (-figure.count, figure.key))

    def _limits(self, kind: str) -> list[Figure]:
        """Return one figure for each limit that ran, those that count nothing too."""
        keys = sorted(key for of, key in self._totals if of == "limits")
        return [self._figure(kind, key, self._label(key)) for key in keys]

    def _label(self, key: str) -> str:
        authority, _, word = key.partition(".")
        if authority not in self.names:
            return key
        name = self.names[authority]
        return f"{name}: {spoken(word)}" if word else name

    def _facts(self) -> list[Figure]:
        """Return the values of the facts that tell most about whether the outcomes differ."""
        shares: dict[str, dict[str, float]] = {}
        told: Counter[str] = Counter()
        overall = len(self._found.get(("differ", "all"), ())) / max(1, self.done)
        for (kind, key), total in self._totals.items():
            if kind == "facts":
                fact, _, value = key.partition(".")
                share = len(self._found.get(("facts", key), ())) / total
                shares.setdefault(fact, {})[value] = share
                told[fact] += round(total * (share - overall) ** 2 * _FINE)
        telling = sorted((fact for fact in told if told[fact]), key=lambda f: (-told[f], f))
        return [
            self._figure("facts", f"{fact}.{value}", f"{spoken(fact)}: {_said(value)}")
            for fact in telling[:MOST_FACTS]
            for value in _falling(shares[fact])
        ]


_FINE = 1_000_000  # so that whole numbers can be held against each other in any order of adding
_TOTAL = {"out_of_hours": "limits", "day_off": "limits", "missed": "limits"}


def _said(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value) or spoken(value)


def _falling(shares: Mapping[str, float]) -> list[str]:
    return sorted(shares, key=lambda value: (-shares[value], value))


def _in_order(id_: str) -> tuple[str, int]:
    """Sort ids with a number at their end by that number."""
    name, _, number = id_.rpartition(":")
    return name, int(number) if number.isdigit() else 0
