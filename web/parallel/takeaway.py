"""What can be taken away: the timelines of one referral, and the figures of many, as tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.parallel import Figure, Together
from web.filters import sentence
from web.parallel.many import TITLES
from web.parallel.pages import KINDS

TIMELINE = ("Authority", "When", "What", "Text", "By", "Child", "Clauses")
FIGURES = ("About", "What", "Count", "Of", "Per cent", "Referrals")


def timeline(together: Together) -> Iterator[tuple[Any, ...]]:
    """Yield every act of every run, and the limits with their ends."""
    for key, run in together.runs.items():
        zone = together.definitions[key].calendar.zone
        for act in run.acts:
            if act.kind != "asked":
                at = act.at.astimezone(zone).isoformat(timespec="minutes")
                clauses = ", ".join(act.clauses)
                yield (
                    run.name,
                    at,
                    KINDS[act.kind],
                    sentence(act.text),
                    act.role,
                    act.child,
                    clauses,
                )
        for limit in run.limits:
            due = limit.due.astimezone(zone).isoformat(timespec="minutes")
            ends = {True: "met", False: "missed", None: "still runs"}[limit.met]
            text = f"{limit.explanation}: {ends}"
            yield run.name, due, "Limit ends", text, None, limit.child, ", ".join(limit.clauses)


def figures(found: Mapping[str, list[Figure]]) -> Iterator[tuple[Any, ...]]:
    """Yield every figure with the referrals that it counts."""
    for about, several in found.items():
        for figure in several:
            share = round(figure.percent, 1)
            which = " ".join(figure.ids[:_MOST_IDS])
            yield TITLES[about], figure.label, figure.count, figure.of, share, which


_MOST_IDS = 2_000  # that a cell has room for
