"""One referral through several authorities as JSON data."""

from collections.abc import Iterable
from typing import Any

from engine.parallel.acts import Act
from engine.parallel.partings import Parting
from engine.parallel.runs import Limit, Run
from engine.parallel.together import Together, WhatIf


def together_as_json(together: Together) -> dict[str, Any]:
    """Return the runs with their timelines, and the points where they part."""
    return {
        "start": together.referral.start.isoformat(),
        "authorities": {key: _run(run) for key, run in together.runs.items()},
        "outcomes_differ": together.outcomes_differ,
        "partings": [_parting(parting) for parting in together.partings],
        "first_by_pair": [
            {"authorities": list(pair), "parting": _parting(found) if found else None}
            for pair, found in together.first_by_pair.items()
        ],
    }


def what_ifs_as_json(found: Iterable[WhatIf]) -> list[dict[str, Any]]:
    """Return what single changes of facts would change."""
    return [
        {
            "values": dict(each.values),
            "changes": [
                {
                    "authority": change.authority,
                    "what": change.what,
                    "before": list(change.before),
                    "after": list(change.after),
                }
                for change in each.changes
            ],
        }
        for each in found
    ]


def _run(run: Run) -> dict[str, Any]:
    return {
        "name": run.name,
        "outcomes": {child: list(several) for child, several in run.outcomes.items()},
        "strategy_outcome": run.strategy_outcome,
        "authorised_by": list(run.authorised_by),
        "told": list(run.told),
        "limits": [_limit(limit) for limit in run.limits],
        "stopped": run.stopped,
        "left_out": list(run.left_out),
        "timeline": [_act(act) for act in run.acts if act.kind != "asked"],
    }


def _limit(limit: Limit) -> dict[str, Any]:
    return {
        "name": limit.name,
        "length": limit.length,
        "due": limit.due.isoformat(),
        "met": limit.met,
        "strength": limit.strength,
        "explanation": limit.explanation,
        "clauses": list(limit.clauses),
        "child": limit.child,
        "out_of_hours": limit.is_out_of_hours,
    }


def _act(act: Act) -> dict[str, Any]:
    return {
        "at": act.at.isoformat(),
        "kind": act.kind,
        "word": act.word,
        "text": act.text,
        "role": act.role,
        "child": act.child,
        "element": f"{act.process_id}:{act.element_id}",
        "clauses": list(act.clauses),
        "questions": [question.label for question in act.questions],
    }


def _parting(parting: Parting) -> dict[str, Any]:
    return {
        "kind": parting.kind,
        "word": parting.word,
        "child": parting.child,
        "stage": parting.stage,
        "sentence": parting.sentence,
        "sides": {
            key: {"state": side.state, "text": side.text, "clauses": list(side.clauses)}
            for key, side in parting.sides.items()
        },
    }
