"""Checking answers before they count: what follows from them, and judgement in a table's place."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from engine.casework import Answers, Override, visible_fields
from engine.casework.tasks import AUTHORISATION_FACT
from engine.runtime import preview
from engine.runtime.preview import DecisionAhead, Preview
from web import clock
from web.auth import actor
from web.forms import Boxes, Submission, submit, summary
from web.tasks.pages import Page


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A column of a table's results that somebody may fill in differently."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]  # what the box holds, and its words; none: to be typed
    chosen: tuple[str, ...]
    many: bool


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A decision that would be taken, with the boxes for deciding differently."""

    name: str  # of its boxes
    decision: DecisionAhead
    choices: tuple[Choice, ...]
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether somebody has begun to decide differently."""
        return bool(self.reason or any(choice.chosen for choice in self.choices))


def with_files(page: Page, boxes: Boxes) -> Boxes:
    """The boxes with the names of the files that the task has, whatever the browser says."""
    names = {
        str(field.key): [line.name for line in page.files.get(str(field.key), ())]
        for field in page.file_fields
    }
    return {**boxes, **names}


def submitted(page: Page) -> Submission:
    """The answers of the person's draft, checked as if they were sent now."""
    return submit(page.form, with_files(page, page.own_boxes), page.known, zone=page.zone)


def look_ahead(
    store: Session, page: Page, answers: Mapping[str, Any], overrides: Sequence[Override] = ()
) -> Preview:
    """What completing the task with these answers would come to now."""
    return preview.after(
        store, page.task.row.id, answers, by=actor(), now=clock.now(), overrides=overrides
    )


def is_weighty(page: Page, ahead: Preview) -> bool:
    """Whether the answers are shown once more before they count.

    They are where a table decides, an outcome is reached, somebody is told, or a manager
    authorises; what only leads to the next task is completed at once. So is what cannot be done:
    then the step itself says why, and leaves an incident that somebody looks at.
    """
    if ahead.problem:
        return False
    is_told = any(not telling.product for telling in ahead.told)
    asks = any(field.key == AUTHORISATION_FACT for field in page.form.walk())
    return bool(asks or ahead.decisions or ahead.outcomes or is_told)


def seen(page: Page, ahead: Preview) -> str:
    """A mark of what the page shows, so that nothing else is confirmed than what was read."""
    shown = [
        page.own_boxes,
        [(d.decision_id, d.child, d.outputs, [r.id for r in d.rules]) for d in ahead.decisions],
        [(t.name, t.role, t.child) for t in ahead.tasks],
        [(o.word, o.child) for o in ahead.outcomes],
        [(t.recipient, t.kind, t.child) for t in ahead.told],
        [(d.override.reason, d.override.outputs) for d in ahead.decisions if d.override],
    ]
    text = json.dumps(shown, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def overrides(decisions: Sequence[DecisionAhead], boxes: Boxes) -> tuple[Override, ...]:
    """What the person decides in the tables' place; a decision left alone stays the table's."""
    found = (_override(_name(at), decision, boxes) for at, decision in enumerate(decisions))
    return tuple(override for override in found if override)


def show(page: Page, ahead: Preview, boxes: Boxes, *, notice: str = "", refusal: str = "") -> str:
    """The page on which answers are checked, with what follows from them.

    `refusal` says why what was decided in a table's place will not do.
    """
    own = with_files(page, page.own_boxes)
    answers = submitted(page).answers
    shown = visible_fields(page.form, {**page.known, **answers})
    keys = frozenset(str(field.key) for field in shown if field.key)
    return render_template(
        "tasks/check.html",
        page=page,
        task=page.task.task,
        rows=summary(page.form.fields, own, page.known, shown=keys),
        ahead=ahead,
        decisions=tuple(_ahead(ahead, boxes)),
        seen=seen(page, ahead),
        notice=notice,
        refusal=refusal,
        clauses_at=url_for("models.clauses", authority=page.task.definition.id),
        problems_found=bool(refusal),
    )


def _ahead(ahead: Preview, boxes: Boxes) -> Iterator[Ahead]:
    for at, decision in enumerate(ahead.decisions):
        name = _name(at)
        columns = decision.columns if ahead.may_override and _is_simple(decision) else ()
        yield Ahead(
            name=name,
            decision=decision,
            choices=tuple(
                _choice(f"{name}.{column.name}", column, said, decision, boxes)
                for column, said in zip(columns, decision.said, strict=False)
            ),
            reason=(boxes.get(f"{name}.reason") or [""])[0],
        )


def _name(at: int) -> str:
    return f"decision.{at}"


def _is_simple(decision: DecisionAhead) -> bool:
    """Whether boxes can hold the result: one row, or several answers of one column."""
    return len(decision.columns) == 1 or not isinstance(decision.outputs, list)


def _choice(
    name: str, column: Answers, said: Sequence[str], decision: DecisionAhead, boxes: Boxes
) -> Choice:
    return Choice(
        name=name,
        label=column.label,
        values=tuple((str(at), words) for at, words in enumerate(said)),
        chosen=tuple(text for text in boxes.get(name, ()) if text.strip()),
        many=isinstance(decision.outputs, list),
    )


def _override(name: str, decision: DecisionAhead, boxes: Boxes) -> Override | None:
    reason = (boxes.get(f"{name}.reason") or [""])[0].strip()
    given = {
        column.name: _given(column, [t for t in boxes.get(f"{name}.{column.name}", ()) if t])
        for column in decision.columns
    }
    chosen = {key: values for key, values in given.items() if values}
    if not reason and not chosen:
        return None
    return Override(
        decision_id=decision.decision_id,
        child=decision.child,
        outputs=_outputs(decision, chosen),
        reason=reason,
        by=actor().key,
    )


def _outputs(decision: DecisionAhead, chosen: Mapping[str, Sequence[Any]]) -> Any:
    """The result in the shape of the table's: what was not chosen stays what the table says."""
    if isinstance(decision.outputs, list):
        return list(next(iter(chosen.values()), decision.outputs))
    if len(decision.columns) == 1:
        return next((values[0] for values in chosen.values()), decision.outputs)
    changed = {name: values[0] for name, values in chosen.items()}
    return {**(decision.outputs or {}), **changed}


def _given(column: Answers, texts: Sequence[str]) -> list[Any]:
    if column.values is None:
        return [_typed(column, text) for text in texts]
    offered = dict(enumerate(column.values))
    places = (int(text) for text in texts if text.isascii() and text.isdigit())
    return [offered[place] for place in places if place in offered]


def _typed(column: Answers, text: str) -> Any:
    if column.type != "number":
        return text
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text  # which the table's shape refuses, with a sentence


def wants_to_look() -> bool:
    """Whether the person asks what would follow from their own decision, before confirming it."""
    return "look" in request.form
