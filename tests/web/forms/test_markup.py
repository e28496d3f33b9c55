"""Every kind of question comes out of the GOV.UK macros as markup."""

from flask import Flask, render_template_string
from lxml import html

from engine.definitions.model import Field, Option
from web.forms import questions

WORDS = tuple(Option(value=f"v{n}", label=f"Value {n}") for n in range(9))
TOLD = Field(key="told", type="radio", label="Told?", options=WORDS[:2])
CONDITIONAL = 'told != "v1"'
PAGE = (
    '{% from "components/form.html" import render_questions with context %}'
    "<form>{{ render_questions(found) }}</form>"
)


def test_every_kind_can_be_conditional_and_have_a_problem_and_a_hint(app: Flask) -> None:
    kinds = {
        "textfield": {},
        "number": {},
        "textarea": {},
        "radio": {"options": WORDS[:3]},
        "select": {"options": WORDS},
        "checklist": {"options": WORDS},
        "checkbox": {},
        "datetime": {},
        "dynamiclist": {"fields": (Field(key="name", type="textfield", label="Name"),)},
    }
    fields = [TOLD] + [
        Field(key=f"a_{kind}", type=kind, label=kind, description="Hint", hide=CONDITIONAL, **more)
        for kind, more in kinds.items()
    ]
    fields.append(
        Field(
            key="long",
            type="textarea",
            label="Long",
            hide=CONDITIONAL,
            validation={"maxLength": 9},
        )
    )
    fields.append(Field(key=None, type="text", text="Read this.", hide=CONDITIONAL))
    problems = {str(field.key): "Something is wrong" for field in fields}
    found = questions(tuple(fields), {}, problems, {})

    with app.test_request_context():
        page = html.fromstring(render_template_string(PAGE, found=found))

    assert len(page.xpath("//div[@data-shown-when]")) == len(fields) - 1
    assert len(page.xpath("//p[contains(@class, 'govuk-error-message')]")) == len(fields) - 1
    assert "None" not in page.text_content()
    described = page.xpath("//@aria-describedby")
    ids = set(page.xpath("//@id"))
    assert all(set(text.split()) <= ids for text in described)
