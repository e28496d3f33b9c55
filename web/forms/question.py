"""One question of a page: what every component takes, and what stands beside it."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from engine.definitions.model import Field
from engine.documents import DocumentLine
from web.citing import cited
from web.forms.boxes import Boxes
from web.forms.conditions import Need, sentence

Params = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """An answer that is known: in words, and who gave it when.

    `folded` says that the boxes need not be shown until somebody wants to change it.
    """

    value: str
    line: str
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a page adds to its questions, by field key; `focus` names where to go on typing."""

    answered: Mapping[str, Answered] = dataclasses.field(default_factory=dict)
    files: Mapping[str, tuple[DocumentLine, ...]] = dataclasses.field(default_factory=dict)
    focus: str = ""


NOTHING = Beside()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a repeated group."""

    name: str
    legend: str
    questions: tuple["Question", ...]
    starts: bool = False  # the person goes on typing here


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing on the page: `macro` names the component, `params` is what the macro takes."""

    macro: str
    params: Params
    name: str = ""
    focus: str = ""  # the id that an error message links to
    problem: str | None = None
    shown_when: str = ""  # for the script that hides what is not needed: conditions as JSON
    answered: Answered | None = None
    title: str = ""  # what it asks, without the marks around it
    files: tuple[DocumentLine, ...] = ()  # those that are kept already
    questions: tuple["Question", ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the building of one question needs to know about the page around it."""

    boxes: Boxes
    problems: Mapping[str, str]
    known: Mapping[str, Any]
    others: Mapping[str, Field]
    prefix: str = ""
    clauses_at: str = ""
    beside: Beside = NOTHING

    def starts_at(self, name: str) -> bool:
        """Whether the person goes on typing here."""
        return self.beside.focus == name


def identifier(name: str) -> str:
    """The element id for a box."""
    return name.replace(".", "-")


def shared(field: Field, page: Page, found: Need) -> tuple[str, Params, str | None]:
    """The box's name, the parameters that every component takes, and what is wrong."""
    name = page.prefix + str(field.key)
    problem = _spoken(field, page.problems.get(name))
    params: Params = {"id": identifier(name), "name": name}
    if hint := hint_of(field, page, found):
        params["hint"] = {"html": hint}
    if problem:
        params["errorMessage"] = {"text": problem}
    return name, params, problem


def _spoken(field: Field, problem: str | None) -> str | None:
    """A sentence that starts with its subject; the engine may leave the subject to us."""
    if problem and problem[0].islower():
        return f"“{field.label or field.key}” {problem}"
    return problem


def shown_when(page: Page, found: Need) -> str:
    """With which answers the question is needed, as JSON for the script; empty: always."""
    names = [page.prefix + key for key in found.keys]
    return json.dumps({"names": names, "rows": found.rows}) if found.rows else ""


def hint_of(field: Field, page: Page, found: Need) -> Markup | None:
    """What stands under the question: its description, and when it is needed."""
    parts = [escape(field.description)] if field.description else []
    if when := sentence(found, page.others):
        parts.append(Markup('<span class="app-when">{}</span>').format(when))
    return Markup(" ").join(parts) if parts else None


def label_of(field: Field, page: Page) -> Markup:
    """The question, marked when it may be left out, and the clauses that ask it."""
    optional = "" if field.required or field.type in ("checkbox", "group") else " (optional)"
    text = escape((field.label or str(field.key)) + optional)
    return text + cited(field.clauses, page.clauses_at, new_tab=True)


def legend_of(field: Field, page: Page, size: str = "s") -> Params:
    """The question as the legend of its boxes."""
    return {"legend": {"html": label_of(field, page), "classes": f"govuk-fieldset__legend--{size}"}}
