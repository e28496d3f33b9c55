"""Texts of a form that show what is known."""

import pytest

from engine.definitions.model import Field
from tests.web import site as sites
from web.forms import questions

LIMIT = {"limit": "24 hours from receipt (SWK-51)"}


def html_of(text: str, known: dict[str, object]) -> str:
    (question,) = questions((Field(key=None, type="text", text=text),), {}, {}, known)
    return str(question.params["html"])


def test_a_text_shows_a_variable() -> None:
    assert html_of("**The limit:** {{limit}}", LIMIT) == (
        '<p class="govuk-body"><strong>The limit:</strong> 24 hours from receipt (SWK-51)</p>'
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b>*bold*</b>", "&lt;b&gt;*bold*&lt;/b&gt;"),
        ("{{other}}", "{{other}}"),
        ("a\n\n- b", "a\n\n- b"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (["a", "b"], "a, b"),
        ("", "not known"),
        (None, "not known"),
        ([], "not known"),
        ({"a": 1}, "not known"),
        ("2026-03-03T14:05:00+00:00", "Tuesday 3 March 2026 at 14:05"),
        ("2026-07-03T13:05:00.000001Z", "Friday 3 July 2026 at 14:05"),
        ("2026-99-03T14:05:00+00:00", "2026-99-03T14:05:00+00:00"),
        ("on 2026-03-03T14:05:00+00:00", "on 2026-03-03T14:05:00+00:00"),
    ],
)
def test_a_value_is_text_and_nothing_else(value: object, shown: str) -> None:
    known = {"thing": value, "other": "secret"}

    assert html_of("{{ thing }}", known) == f'<p class="govuk-body">{shown}</p>'


def test_a_variable_that_is_not_there_is_not_known() -> None:
    assert html_of("{{thing}}", {}) == '<p class="govuk-body">not known</p>'


@pytest.mark.parametrize("text", ["{{thing.part}}", "{{1 + 1}}", "{{Thing}}", "{thing}", "{{}}"])
def test_only_the_plain_name_of_a_variable_is_filled_in(text: str) -> None:
    assert html_of(text, {"thing": "x"}) == f'<p class="govuk-body">{text}</p>'


def test_labels_and_descriptions_are_filled_in_and_escaped_once() -> None:
    field = Field(
        key="why",
        type="textarea",
        label="Why was “{{limit}}” missed?",
        description="About {{name}}.",
        required=True,
    )

    (question,) = questions((field,), {}, {"why": "is required"}, {**LIMIT, "name": "A & B"})

    assert question.params["label"]["html"] == "Why was “24 hours from receipt (SWK-51)” missed?"
    assert question.params["hint"]["html"] == "About A &amp; B."
    assert question.problem == "“Why was “24 hours from receipt (SWK-51)” missed?” is required"


def test_fields_in_groups_and_in_lists_are_filled_in_once() -> None:
    inner = Field(key="why", type="textfield", label="{{limit}}", required=True)
    known = {"limit": "{{other}}", "other": "secret"}
    for kind in ("group", "dynamiclist"):
        outer = Field(key="list", type=kind, label="All of {{limit}}", fields=(inner,))

        (question,) = questions((outer,), {}, {}, known)

        found = question.questions or question.entries[0].questions
        assert found[0].params["label"]["html"] == "{{other}}"


def test_the_form_about_a_missed_limit_says_which_one() -> None:
    form = sites.definition().forms["record_lateness"]

    text, reason = questions(form.fields, {}, {}, LIMIT)

    assert "24 hours from receipt (SWK-51)" in text.params["html"]
    assert reason.name == "lateness_reason"
