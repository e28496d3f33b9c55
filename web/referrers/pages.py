"""What the pages for referrers show."""

from collections.abc import Mapping

from flask import abort, render_template
from sqlalchemy.orm import Session

from engine import deploy, intake
from web.forms import Boxes, error_summary, questions
from web.referrers import secrets
from web.referrers.asking import KINDS, Asked, asked

NOTICES: Mapping[str, str] = {
    "acknowledgement": "You are told that it has arrived",
    "outcome": "You are told what came of it",
    "general_response": "You are given a general answer",
    "request": "You are asked to confirm it in writing",
    "reminder": "You are reminded when nothing has come in writing",
    "consultation_letter": "You are sent a letter about the consultation",
}
FEEDBACK = "You are given feedback"  # what an outcome is called for those who are no professionals
TOLD: Mapping[str, str] = {
    "acknowledgement": "You were told that it had arrived",
    "outcome": "You were told what came of it",
}
ANSWERED = "You were given an answer"  # all that those who are no professionals are told of it
LIMITS: Mapping[str, str] = {
    "disposal_decision": "A decision on what happens next",
    "level_of_response": "How to respond is decided",
    "acknowledgement": "You are told that it has arrived",
    "outcome_to_referrer": "You are told the outcome",
    "written_confirmation": "You confirm in writing what you have told",
    "acknowledgement_chase": "If nothing has reached you by then, contact the manager",
}


def load(store: Session, authority: str, kind: str) -> Asked:
    """What is asked there of this kind of referrer; 404 where nothing is."""
    if kind not in KINDS or authority not in dict(intake.online_authorities(store)):
        abort(404)
    return asked(deploy.current_definition(store, authority), kind)


def begin(store: Session, chosen: Mapping[str, str], problems: Mapping[str, str]) -> str:
    """The page that asks where the children live and who is asking."""
    return render_template(
        "referrers/begin.html",
        authorities=intake.online_authorities(store),
        kinds=KINDS,
        chosen=chosen,
        problems=problems,
        problems_found=[{"text": t, "href": f"#{key}"} for key, t in problems.items()],
    )


def form(
    page: Asked,
    boxes: Boxes,
    problems: Mapping[str, str] | None = None,
    *,
    notice: str = "",
) -> str:
    """The form with what stands in its boxes; `notice` says why it was not taken."""
    found = questions(page.form.fields, boxes, problems or {}, {})
    summary = error_summary(found)
    if problems and "website" in problems:
        summary.append({"text": problems["website"], "href": "#website"})
    return render_template(
        "referrers/form.html",
        page=page,
        questions=found,
        problems=problems or {},
        problems_found=summary,
        notice=notice,
        token=(boxes.get("token") or [secrets.fresh_token()])[0],
        **_expected(page),
    )


def sent(page: Asked, reference: str, code: str) -> str:
    """The page that says that it was taken, with the way back to it."""
    return render_template(
        "referrers/sent.html", page=page, reference=reference, code=code, **_expected(page)
    )


def told(found: intake.Followed) -> Mapping[str, str]:
    """How the notices are called that a referrer was sent."""
    return TOLD if found.is_professional else {**TOLD, "outcome": ANSWERED}


def _expected(page: Asked) -> dict[str, object]:
    """What happens next, in the authority's own terms."""
    found = intake.expected(page.definition, page.kind)
    words = NOTICES if page.is_professional else {**NOTICES, "outcome": FEEDBACK}
    return {
        "notices": [(words.get(n.kind, n.name), n) for n in found.notices],
        "limits": [(LIMITS.get(limit.deadline, limit.deadline), limit) for limit in found.limits],
        "out_of_hours": page.definition.settings.get("out_of_hours", {}).get("service", ""),
    }
