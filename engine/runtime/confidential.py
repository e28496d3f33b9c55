"""What of a case somebody may not know: who the referrer is, once they asked to stay anonymous."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from engine.casework import CaseTask
from engine.definitions.model import AuthorityDefinition, Field, Form
from engine.outbox.disclosure import may_know_referrer
from engine.people import Actor
from engine.runtime.persist import live
from engine.store.deployed import definition_for
from engine.store.tables import Case

IDENTITY = frozenset(
    {"referrer_name", "referrer_contact", "referrer_agency", "referrer_relationship"}
)
ASKED = "anonymity_requested"
_NOTHING: frozenset[str] = frozenset()


def hides(definition: AuthorityDefinition, facts: Mapping[str, Any], by: Actor) -> frozenset[str]:
    """Return the facts that this actor may not see; `facts` are those of the whole case."""
    if facts.get(ASKED) is not True or may_know_referrer(definition, by):
        return _NOTHING
    return IDENTITY


def hidden_in(session: Session, case: Case, by: Actor) -> frozenset[str]:
    """Return the facts of a case that this actor may not see; `hides` for who has no facts yet."""
    definition = definition_for(session, case.deployment_id)
    if may_know_referrer(definition, by):
        return _NOTHING
    return hides(definition, live(session, case).run.facts(), by)


def without(facts: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """Return facts, or answers, without the hidden ones."""
    return {key: value for key, value in facts.items() if key not in hidden}


def settled(hidden: frozenset[str]) -> frozenset[str]:
    """Return what somebody may not answer or put right: the hidden facts, and that they are so.

    Whoever may not know the referrer cannot come to know them by taking the wish back.
    """
    return hidden | {ASKED} if hidden else hidden


def shown_task(task: CaseTask, hidden: frozenset[str]) -> CaseTask:
    """Return a task as it may be shown: neither asking the hidden facts nor knowing them."""
    if not hidden:
        return task
    form = shown_form(task.form, hidden)
    return replace(task, form=form, variables=without(task.variables, hidden))


def shown_form(form: Form, hidden: frozenset[str]) -> Form:
    """Return a form as it may be shown: without the questions about what is hidden."""
    return replace(form, fields=_shown(form.fields, settled(hidden)))


def kept_answers(
    answers: Mapping[str, Any], task: CaseTask, hidden: frozenset[str]
) -> dict[str, Any]:
    """Return answers with which the hidden facts stay what they are, whatever was sent.

    What the form must have is answered with what is known.
    """
    kept = settled(hidden)
    needed = {str(field.key) for field in task.form.walk() if field.required}
    known = {key: task.variables[key] for key in kept & needed if key in task.variables}
    return {**without(answers, kept), **known}


def _shown(fields: tuple[Field, ...], hidden: frozenset[str]) -> tuple[Field, ...]:
    shown = (field for field in fields if field.key not in hidden)
    return tuple(
        replace(field, fields=_shown(field.fields, hidden)) if field.type == "group" else field
        for field in shown
    )
