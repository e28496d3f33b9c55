"""What a referrer sees: an open page to tell of a worry, and what became of it."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine import intake
from engine.casework import InvalidFacts
from engine.errors import NotFound
from engine.intake import SentTwice, TooManyRequests
from web import clock
from web.auth import Access, requires
from web.database import reading, writing
from web.forms import change_entries, submit
from web.referrers import pages, secrets
from web.referrers.asking import KINDS

bp = Blueprint("referrers", __name__, template_folder="templates")

MOST_REFERRALS = 20  # an hour from one place: a school or a hospital is one place
MOST_QUESTIONS = 60
_TOO_MANY = "Too much has come from your place within the last hour. What you wrote is still here."
_NO_MATCH = "The reference and the code do not belong together. Check both"


@bp.get("/refer")
@requires(Access.PUBLIC)
def begin() -> ResponseReturnValue:
    """Ask where the children live, and who is asking."""
    session.pop("referred", None)
    with reading() as store:
        return pages.begin(store, {}, {})


@bp.post("/refer")
@requires(Access.PUBLIC)
def choose() -> ResponseReturnValue:
    """Go on to the form of the chosen authority."""
    chosen = {key: request.form.get(key, "") for key in ("authority", "kind")}
    with reading() as store:
        offered = {"authority": dict(intake.online_authorities(store)), "kind": KINDS}
        asks = {"authority": "Select where the children live", "kind": "Select who you are"}
        problems = {key: asks[key] for key in asks if chosen[key] not in offered[key]}
        if problems:
            return pages.begin(store, chosen, problems), 422
    return redirect(url_for(".form", authority=chosen["authority"], kind=chosen["kind"]))


@bp.get("/refer/<authority>/<kind>")
@requires(Access.PUBLIC)
def form(authority: str, kind: str) -> ResponseReturnValue:
    """Ask what the worry is."""
    with reading() as store:
        page = pages.load(store, authority, kind)
    return pages.form(page, {})


@bp.post("/refer/<authority>/<kind>")
@requires(Access.PUBLIC)
def send(authority: str, kind: str) -> ResponseReturnValue:
    """Take a referral: its case starts at once, and once only."""
    boxes = request.form.to_dict(flat=False)
    with reading() as store:
        page = pages.load(store, authority, kind)
    if change_entries(boxes):
        return pages.form(page, boxes)
    sent = submit(page.form, boxes, {}, zone=page.definition.calendar.zone)
    problems = {**sent.problems, **_left_empty()}
    if problems:
        return pages.form(page, boxes, problems), 422
    try:
        referred = _take(authority, {**sent.answers, "referrer_kind": kind})
    except InvalidFacts as invalid:
        return pages.form(page, boxes, invalid.problems), 422
    except TooManyRequests:
        return pages.form(page, boxes, notice=_TOO_MANY), 429
    session["referred"] = [authority, kind, referred.reference, secrets.code_of_submission()]
    return redirect(url_for(".sent"))


@bp.get("/refer/sent")
@requires(Access.PUBLIC)
def sent() -> ResponseReturnValue:
    """Say that it was taken, and give the way back to it."""
    if "referred" not in session:
        return redirect(url_for(".begin"))
    authority, kind, reference, code = session["referred"]
    with reading() as store:
        page = pages.load(store, authority, kind)
    return pages.sent(page, reference, code)


@bp.get("/refer/follow")
@requires(Access.PUBLIC)
def follow() -> ResponseReturnValue:
    """Ask for the reference and the code."""
    return render_template("referrers/follow.html", reference="", problem="", problems_found=[])


@bp.post("/refer/follow")
@requires(Access.PUBLIC)
def show() -> ResponseReturnValue:
    """What the procedure has told the referrer, and no more."""
    reference, code = (request.form.get(name, "")[:100] for name in ("reference", "code"))
    try:
        with writing() as store:
            origin = secrets.origin("follow")
            intake.count_request(store, origin, most=MOST_QUESTIONS, now=clock.now())
        with reading() as store:
            found = intake.follow(store, reference, code)
    except TooManyRequests:
        return _asked_again(reference, _TOO_MANY), 429
    except NotFound:
        return _asked_again(reference, _NO_MATCH), 422
    return render_template("referrers/followed.html", found=found, words=pages.told(found))


def _left_empty() -> dict[str, str]:
    """What a machine fills in and a person leaves empty; one who did not is told, not ignored."""
    return {"website": "Leave this box empty"} if request.form.get("website") else {}


def _take(authority: str, facts: dict[str, object]) -> intake.Referred:
    code, now = secrets.code_of_submission(), clock.now()
    try:
        with writing() as store:
            if before := intake.referred_before(store, code):
                return before
            intake.count_request(store, secrets.origin("refer"), most=MOST_REFERRALS, now=now)
            return intake.refer(store, authority, facts, code=code, now=now)
    except SentTwice:
        with reading() as store:
            before = intake.referred_before(store, code)
        if before is None:
            raise
        return before


def _asked_again(reference: str, problem: str) -> str:
    summary = [{"text": problem, "href": "#reference"}]
    return render_template(
        "referrers/follow.html", reference=reference, problem=problem, problems_found=summary
    )
