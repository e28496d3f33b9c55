"""One act on several tasks, each in a transaction of its own: a refusal stops no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import absences, worklist
from engine.errors import Invalid, NotFound, Refused
from engine.worklist import PAGE, WorklistLine
from web import clock, ids
from web.auth import actor
from web.database import reading, writing

Act = Callable[[Session, int], object]

MOST = 4 * PAGE


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one task; `sentence` says why it could not be."""

    line: WorklistLine
    sentence: str | None


def selected() -> list[int]:
    """The ids of the tasks that the form names, each once."""
    written = request.form.getlist("task")
    found = [number for text in written if (number := ids.number(text)) is not None]
    if len(written) > MOST or len(found) < len(written):
        raise Invalid("Select tasks on the worklist.")
    return list(dict.fromkeys(found))


def act_on(task_ids: Iterable[int], act: Act, *, done: str) -> ResponseReturnValue:
    """Do it to each of the tasks, and say what came of each; `done` is the word for it."""
    sentences = {task_id: _tried(task_id, act) for task_id in task_ids}
    with reading() as store:
        lines = worklist.chosen(store, actor(), sentences, now=clock.now())
    results = [Result(line=line, sentence=sentences[line.id]) for line in lines]
    well = [result for result in results if result.sentence is None]
    not_well = [result for result in results if result.sentence is not None]
    page = render_template("worklist/several.html", done=done, well=well, not_well=not_well)
    return page, 200 if well else 409 if not_well else 422


def ask_to_whom(task_ids: list[int], *, problem: str | None = None) -> ResponseReturnValue:
    """Show the page that asks which colleague is to get the tasks."""
    with reading() as store:
        lines = worklist.chosen(store, actor(), task_ids, now=clock.now())
        around = absences.colleagues(store, actor())
    needed = {(line.authority, line.role) for line in lines}
    able = [colleague for colleague in around if colleague.grants & needed]
    page = render_template("worklist/reassign.html", lines=lines, able=able, problem=problem)
    return page, 422 if problem else 200


def _tried(task_id: int, act: Act) -> str | None:
    try:
        with writing() as store:
            act(store, task_id)
    except (Refused, NotFound, Invalid) as refusal:
        return str(refusal)
    return None
