"""The pages on which the child is found: what is known, and who may be meant."""

from collections.abc import Mapping

from flask import render_template, request
from sqlalchemy.orm import Session

from engine import intake
from engine.intake import Sought
from engine.people import Actor
from web.intake import starting

_LONGEST = 200  # characters of one box


def typed(authority: str) -> Sought:
    """What stands in the boxes."""
    boxes = {
        name: request.form.get(name, "").strip()[:_LONGEST]
        for name in ("name", "date_of_birth", "address", "reference")
    }
    return Sought(
        **boxes,
        authority=authority,
        adds="adds" in request.form,
        is_unborn="is_unborn" in request.form,
    )


def ask(
    page: starting.Start,
    sought: Sought,
    problems: Mapping[str, str] | None = None,
    *,
    begun: starting.Begun | None = None,
) -> str:
    """The page that asks what is known of the child."""
    return render_template(
        "intake/find.html",
        page=page,
        sought=sought,
        begun=begun,
        problems=problems or {},
        problems_found=[{"text": t, "href": f"#{key}"} for key, t in (problems or {}).items()],
    )


def warn(page: starting.Start, begun: starting.Begun) -> str:
    """The page that asks first, before the choice takes the place of a contact that is begun."""
    kept = [(key, text) for key in ("child", "new", "_find") for text in request.form.getlist(key)]
    return render_template("intake/begun.html", page=page, begun=begun, kept=kept)


def show(store: Session, *, by: Actor, problem: str | None = None) -> str:
    """The page of those who may be meant."""
    sought = intake.kept_sought(store, by)
    children = intake.find_children(
        store,
        by,
        name=sought.name,
        date_of_birth=sought.date_of_birth,
        address=sought.address,
        reference=sought.reference,
    )
    first = f"{children[0].cases[0][0].id}:{children[0].cases[0][1]}" if children else "new"
    return render_template(
        "intake/found.html",
        sought=sought,
        children=children,
        problem=problem,
        problems_found=[{"text": problem, "href": f"#child-{first}"}] if problem else [],
    )
