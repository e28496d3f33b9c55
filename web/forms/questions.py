"""Fields as questions: what the templates hand to the GOV.UK macros."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from engine.definitions.model import Field
from web.citing import cited
from web.forms import components
from web.forms.boxes import CHOICES, MANY, Boxes, asked
from web.forms.conditions import Need, need
from web.forms.placeholders import filled, filled_html
from web.forms.question import (
    NOTHING,
    Answered,
    Beside,
    Entry,
    Page,
    Params,
    Question,
    hint_of,
    identifier,
    label_of,
    legend_of,
    shared,
    shown_when,
)
from web.forms.reading import entry_count
from web.markdown import render


def questions(
    fields: Sequence[Field],
    boxes: Boxes,
    problems: Mapping[str, str],
    known: Mapping[str, Any],
    *,
    clauses_at: str = "",
    beside: Beside = NOTHING,
) -> tuple[Question, ...]:
    """The questions of a page in its order, with the texts in their boxes and what is wrong.

    `clauses_at` is the address of the page that says what the cited clauses ask for.
    """
    page = Page(
        boxes=boxes,
        problems=problems,
        known=known,
        others={},
        clauses_at=clauses_at,
        beside=beside,
    )
    return _inside(fields, page, prefix="")


def error_summary(found: Sequence[Question]) -> list[dict[str, str]]:
    """The problems in page order, each with a link to the box that it is about."""
    return [
        {"text": str(question.problem), "href": f"#{question.focus}"}
        for question in _walk(found)
        if question.problem
    ]


def _walk(found: Sequence[Question]) -> Iterator[Question]:
    for question in found:
        yield question
        yield from _walk(question.questions)
        for entry in question.entries:
            yield from _walk(entry.questions)


def _inside(fields: Sequence[Field], page: Page, *, prefix: str) -> tuple[Question, ...]:
    """The questions of a page, or of one entry of a list on it."""
    fields = filled(fields, page.known)
    others = {str(field.key): field for field in asked(fields)}
    return tuple(_questions(fields, replace(page, others=others, prefix=prefix)))


def _questions(fields: Sequence[Field], page: Page) -> Iterator[Question]:
    for field in fields:
        found = need(field, page.others, page.known)
        if found.possible and field.type in _BUILDERS:
            name = f"{page.prefix}{field.key}"
            answered = page.beside.answered.get(name)
            question = _BUILDERS[field.type](field, page, found)
            yield replace(
                question,
                params=_with_line(question.params, answered),
                shown_when=shown_when(page, found),
                answered=answered,
                title=field.label,
                files=page.beside.files.get(name, ()),
            )


def _with_line(params: Params, answered: Answered | None) -> Params:
    """The parameters with who gave the answer that stands in the boxes."""
    if answered is None or answered.folded:
        return params
    line = Markup('<span class="app-when">{}</span>').format(answered.line)
    hint = params.get("hint", {}).get("html")
    return {**params, "hint": {"html": Markup(" ").join(filter(None, (hint, line)))}}


def _group(field: Field, page: Page, found: Need) -> Question:
    params: Params = {"legend": legend_of(field, page, "m")["legend"] if field.label else None}
    if hint := hint_of(field, page, found):
        params["hint"] = hint
    return Question(macro="group", params=params, questions=tuple(_questions(field.fields, page)))


def _repeat(field: Field, page: Page, found: Need) -> Question:
    name, params, problem = shared(field, page, found)
    count = entry_count(page.boxes, name)
    params |= {"legend": label_of(field, page), "count": count}
    params["autofocus"] = page.starts_at(name)
    entries = tuple(
        Entry(
            name=f"{name}.{number}",
            legend=f"{field.properties.get('entry.label', 'Entry')} {number + 1}",
            starts=page.starts_at(f"{name}.{number}"),
            questions=_inside(field.fields, page, prefix=f"{name}.{number}."),
        )
        for number in range(count)
    )
    return Question(
        macro="repeat",
        params=params,
        name=name,
        focus=identifier(name),
        problem=problem,
        entries=entries,
    )


def _guidance(field: Field, page: Page, found: Need) -> Question:
    params: Params = {
        "html": filled_html(render(field.text), page.known),
        "clauses": cited(field.clauses, page.clauses_at, new_tab=True),
        "hint": hint_of(field, page, found),
    }
    return Question(macro="guidance", params=params)


def _separator(_field: Field, _page: Page, _found: Need) -> Question:
    return Question(macro="separator", params={})


_BUILDERS: Mapping[str, Callable[[Field, Page, Need], Question]] = {
    **dict.fromkeys(("textfield", "number", "textarea"), components.text),
    **dict.fromkeys(CHOICES - MANY, components.one_of),
    **dict.fromkeys(MANY, components.choice),
    "checkbox": components.tick,
    "datetime": components.date,
    "filepicker": components.files,
    "group": _group,
    "dynamiclist": _repeat,
    "text": _guidance,
    "separator": _separator,
}
