"""Fields that ask for one value, as the GOV.UK component that fits."""

from dataclasses import replace

from markupsafe import Markup

from engine.cases import census
from engine.definitions.model import Field, Option
from engine.documents import ENDINGS, KINDS
from web.forms.boxes import MANY, PARTS, kind_of_date, option_text
from web.forms.conditions import Need
from web.forms.question import Page, Question, hint_of, identifier, label_of, legend_of, shared
from web.forms.reading import one

MOST_RADIOS = 8
_SHORT_RADIOS = 2


def text(field: Field, page: Page, found: Need) -> Question:
    """A box for words or a number; codes of the census are chosen by their words."""
    if field.key in census.CODES:
        return _coded(field, page, found)
    name, params, problem = shared(field, page, found)
    params["label"] = {"html": label_of(field, page), "classes": "govuk-label--s"}
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


def _coded(field: Field, page: Page, found: Need) -> Question:
    """One code of several, or as many as apply; what is no code stays as it was written."""
    kept = page.boxes.get(page.prefix + str(field.key), [])
    codes = [*census.CODES[str(field.key)], *filter(None, kept)]
    options = (
        Option(value=code, label=census.in_words(str(field.key), code))
        for code in dict.fromkeys(codes)
    )
    kind = "checklist" if field.key in census.MANY else "select"
    asked = replace(field, type=kind, options=tuple(options), description="")
    question = one_of(asked, page, found)
    small = {"classes": "govuk-checkboxes--small"} if kind in MANY else {}
    return replace(question, params=question.params | small)


def choice(field: Field, page: Page, found: Need) -> Question:
    """Radio buttons or tick boxes."""
    name, params, problem = shared(field, page, found)
    chosen = page.boxes.get(name, [])
    params["idPrefix"] = params.pop("id")
    params["fieldset"] = legend_of(field, page)
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


def one_of(field: Field, page: Page, found: Need) -> Question:
    """One answer of several: radio buttons, or a list to choose from where there are many."""
    if len(field.options) <= MOST_RADIOS or field.type in MANY:
        return choice(field, page, found)
    name, params, problem = shared(field, page, found)
    params["label"] = {"html": label_of(field, page), "classes": "govuk-label--s"}
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


def tick(field: Field, page: Page, found: Need) -> Question:
    """One box to tick."""
    name, params, problem = shared(field, page, found)
    params["idPrefix"] = params.pop("id")
    ticked = one(page.boxes, name) == "true"
    params["items"] = [{"value": "true", "html": label_of(field, page), "checked": ticked}]
    return Question(
        macro="checkboxes", params=params, name=name, focus=identifier(name), problem=problem
    )


def date(field: Field, page: Page, found: Need) -> Question:
    """A date or a time, each part in a box of its own."""
    name, params, problem = shared(field, page, found)
    parts = PARTS[kind_of_date(field)]
    params.pop("name")
    params["fieldset"] = legend_of(field, page)
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


def files(field: Field, page: Page, found: Need) -> Question:
    """Files to choose; those that are kept already are listed by the page."""
    name, params, problem = shared(field, page, found)
    params["label"] = {"html": label_of(field, page), "classes": "govuk-label--s"}
    params["attributes"] = {"multiple": "", "accept": ",".join(ENDINGS)}
    about = Markup("At most 1 MB each, 1.5 MB at a time: {}.").format(KINDS)
    params["hint"] = {"html": Markup(" ").join(filter(None, (hint_of(field, page, found), about)))}
    return Question(
        macro="files",
        params=params,
        name=name,
        focus=identifier(name),
        problem=problem,
    )
