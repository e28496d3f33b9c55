"""Fields as questions: what the templates hand to the GOV.UK macros."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from engine.definitions.model import Field
from web.citing import cited
from web.forms.boxes import CHOICES, MANY, PARTS, Boxes, asked, kind_of_date, option_text
from web.forms.conditions import Need, need, sentence
from web.forms.placeholders import filled, filled_html
from web.forms.reading import entry_count, one
from web.markdown import render

MOST_RADIOS = 8
_SHORT_RADIOS = 2

Params = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a repeated group."""

    name: str
    legend: str
    questions: tuple["Question", ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing on the page: `macro` names the component, `params` is what the macro takes."""

    macro: str
    params: Params
    name: str = ""
    focus: str = ""  # the id that an error message links to
    problem: str | None = None
    shown_when: str = ""  # for the script that hides what is not needed: conditions as JSON
    questions: tuple["Question", ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Page:
    """What the building of one question needs to know about the page around it."""

    boxes: Boxes
    problems: Mapping[str, str]
    known: Mapping[str, Any]
    others: Mapping[str, Field]
    prefix: str = ""
    clauses_at: str = ""


def questions(
    fields: Sequence[Field],
    boxes: Boxes,
    problems: Mapping[str, str],
    known: Mapping[str, Any],
    *,
    prefix: str = "",
    clauses_at: str = "",
) -> tuple[Question, ...]:
    """The questions of a page in its order, with the texts in their boxes and what is wrong.

    `clauses_at` is the address of the page that says what the cited clauses ask for.
    """
    fields = filled(fields, known)
    page = _Page(
        boxes=boxes,
        problems=problems,
        known=known,
        others={str(field.key): field for field in asked(fields)},
        prefix=prefix,
        clauses_at=clauses_at,
    )
    return tuple(_questions(fields, page))


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


def _questions(fields: Sequence[Field], page: _Page) -> Iterator[Question]:
    for field in fields:
        found = need(field, page.others, page.known)
        if found.possible and field.type in _BUILDERS:
            question = _BUILDERS[field.type](field, page, found)
            yield replace(question, shown_when=_shown_when(page, found))


def _shared(field: Field, page: _Page, found: Need) -> tuple[str, Params, str | None]:
    """The box's name, the parameters that every component takes, and what is wrong."""
    name = page.prefix + str(field.key)
    problem = _spoken(field, page.problems.get(name))
    params: Params = {"id": identifier(name), "name": name}
    if hint := _hint(field, page, found):
        params["hint"] = {"html": hint}
    if problem:
        params["errorMessage"] = {"text": problem}
    return name, params, problem


def identifier(name: str) -> str:
    """The element id for a box."""
    return name.replace(".", "-")


def _spoken(field: Field, problem: str | None) -> str | None:
    """A sentence that starts with its subject; the engine may leave the subject to us."""
    if problem and problem[0].islower():
        return f"“{field.label or field.key}” {problem}"
    return problem


def _shown_when(page: _Page, found: Need) -> str:
    names = [page.prefix + key for key in found.keys]
    return json.dumps({"names": names, "rows": found.rows}) if found.rows else ""


def _hint(field: Field, page: _Page, found: Need) -> Markup | None:
    parts = [escape(field.description)] if field.description else []
    if when := sentence(found, page.others):
        parts.append(Markup('<span class="app-when">{}</span>').format(when))
    return Markup(" ").join(parts) if parts else None


def _label(field: Field, page: _Page) -> Markup:
    """The question, marked when it may be left out, and the clauses that ask it."""
    optional = "" if field.required or field.type in ("checkbox", "group") else " (optional)"
    text = escape((field.label or str(field.key)) + optional)
    return text + cited(field.clauses, page.clauses_at, new_tab=True)


def _legend(field: Field, page: _Page, size: str = "s") -> Params:
    return {"legend": {"html": _label(field, page), "classes": f"govuk-fieldset__legend--{size}"}}


def _text(field: Field, page: _Page, found: Need) -> Question:
    name, params, problem = _shared(field, page, found)
    params["label"] = {"html": _label(field, page), "classes": "govuk-label--s"}
    params["value"] = (page.boxes.get(name) or [""])[0]
    if field.type == "number":
        params |= {"inputmode": "decimal", "classes": "govuk-input--width-5", "spellcheck": False}
    if field.validation.get("validationType") == "email":
        params |= {"type": "email", "spellcheck": False}
    macro = "input"
    if field.type == "textarea":
        longest = field.validation.get("maxLength")
        macro = "character_count" if longest else "textarea"
        params |= {"maxlength": longest} if longest else {}
    return Question(macro=macro, params=params, name=name, focus=identifier(name), problem=problem)


def _choice(field: Field, page: _Page, found: Need) -> Question:
    name, params, problem = _shared(field, page, found)
    chosen = page.boxes.get(name, [])
    params["idPrefix"] = params.pop("id")
    params["fieldset"] = _legend(field, page)
    params["items"] = [
        {
            "value": option_text(option.value),
            "text": option.label,
            "checked": option_text(option.value) in chosen,
        }
        for option in field.options
    ]
    macro = "checkboxes" if field.type in MANY else "radios"
    if macro == "radios" and len(field.options) <= _SHORT_RADIOS:
        params["classes"] = "govuk-radios--inline"
    return Question(macro=macro, params=params, name=name, focus=identifier(name), problem=problem)


def _one_of(field: Field, page: _Page, found: Need) -> Question:
    if len(field.options) <= MOST_RADIOS:
        return _choice(field, page, found)
    name, params, problem = _shared(field, page, found)
    params["label"] = {"html": _label(field, page), "classes": "govuk-label--s"}
    params["items"] = [{"value": "", "text": "Choose an answer"}] + [
        {
            "value": option_text(option.value),
            "text": option.label,
            "selected": option_text(option.value) == one(page.boxes, name),
        }
        for option in field.options
    ]
    return Question(
        macro="select", params=params, name=name, focus=identifier(name), problem=problem
    )


def _tick(field: Field, page: _Page, found: Need) -> Question:
    name, params, problem = _shared(field, page, found)
    params["idPrefix"] = params.pop("id")
    ticked = one(page.boxes, name) == "true"
    params["items"] = [{"value": "true", "html": _label(field, page), "checked": ticked}]
    return Question(
        macro="checkboxes", params=params, name=name, focus=identifier(name), problem=problem
    )


def _date(field: Field, page: _Page, found: Need) -> Question:
    name, params, problem = _shared(field, page, found)
    parts = PARTS[kind_of_date(field)]
    params.pop("name")
    params["fieldset"] = _legend(field, page)
    params["items"] = [
        {
            "name": f"{name}.{part}",
            "id": identifier(f"{name}.{part}"),
            "label": part.capitalize(),
            "value": one(page.boxes, f"{name}.{part}"),
            "classes": "govuk-input--width-4" if part == "year" else "govuk-input--width-2",
        }
        for part in parts
    ]
    focus = identifier(f"{name}.{parts[0]}")
    return Question(macro="date", params=params, name=name, focus=focus, problem=problem)


def _group(field: Field, page: _Page, found: Need) -> Question:
    params: Params = {"legend": _legend(field, page, "m")["legend"] if field.label else None}
    if hint := _hint(field, page, found):
        params["hint"] = hint
    return Question(macro="group", params=params, questions=tuple(_questions(field.fields, page)))


def _repeat(field: Field, page: _Page, found: Need) -> Question:
    name, params, problem = _shared(field, page, found)
    count = entry_count(page.boxes, name)
    params |= {"legend": _label(field, page), "count": count, "title": field.label}
    entries = tuple(
        Entry(
            name=f"{name}.{number}",
            legend=f"{field.properties.get('entry.label', 'Entry')} {number + 1}",
            questions=questions(
                field.fields,
                page.boxes,
                page.problems,
                page.known,
                prefix=f"{name}.{number}.",
                clauses_at=page.clauses_at,
            ),
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


def _guidance(field: Field, page: _Page, found: Need) -> Question:
    params: Params = {
        "html": filled_html(render(field.text), page.known),
        "clauses": cited(field.clauses, page.clauses_at, new_tab=True),
        "hint": _hint(field, page, found),
    }
    return Question(macro="guidance", params=params)


def _separator(_field: Field, _page: _Page, _found: Need) -> Question:
    return Question(macro="separator", params={})


_BUILDERS: Mapping[str, Callable[[Field, _Page, Need], Question]] = {
    **dict.fromkeys(("textfield", "number", "textarea"), _text),
    **dict.fromkeys(CHOICES - MANY, _one_of),
    **dict.fromkeys(MANY, _choice),
    "checkbox": _tick,
    "datetime": _date,
    "group": _group,
    "dynamiclist": _repeat,
    "text": _guidance,
    "separator": _separator,
}
