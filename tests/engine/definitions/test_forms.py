"""A form becomes fields, as written."""

import json
from typing import Any

import pytest

from engine.definitions import Unusable, parse_form
from engine.definitions.model import Form


def form(*components: dict[str, Any]) -> Form:
    return parse_form(json.dumps({"id": "f", "components": components}).encode(), file="f.form")


def test_a_field_has_its_question_checks_and_sources():
    [field] = form(
        {
            "type": "textfield",
            "key": "concern",
            "label": "What is the concern?",
            "description": "In their words",
            "validate": {"required": True, "maxLength": 400},
            "conditional": {"hide": "= referrer_kind = null"},
            "properties": {"source.clause": "EX-01, EX-02"},
        }
    ).fields

    assert (field.key, field.type, field.label) == ("concern", "textfield", "What is the concern?")
    assert (field.required, field.validation) == (True, {"maxLength": 400})
    assert (field.hide, field.clauses) == ("referrer_kind = null", ("EX-01", "EX-02"))


def test_yes_and_no_written_as_text_become_true_and_false():
    values = [{"label": "Yes", "value": "true"}, {"label": "No", "value": "false"}]

    [field] = form({"type": "radio", "key": "a", "values": values, "defaultValue": "false"}).fields

    assert [option.value for option in field.options] == [True, False]
    assert field.default is False


def test_other_choices_stay_text():
    values = [{"label": "Yes", "value": "yes"}, {"label": "Not known", "value": "not_known"}]

    [field] = form({"type": "radio", "key": "a", "values": values}).fields

    assert [option.value for option in field.options] == ["yes", "not_known"]


def test_a_list_is_known_by_its_path_and_holds_its_fields():
    inner = {"type": "datetime", "key": "date_of_birth", "subtype": "date", "dateLabel": "Born"}

    [field] = form({"type": "dynamiclist", "path": "children", "components": [inner]}).fields

    assert field.key == "children"
    assert [(item.key, item.label, item.subtype) for item in field.fields] == [
        ("date_of_birth", "Born", "date")
    ]


def test_walking_a_form_opens_groups_and_leaves_out_buttons():
    inner = {"type": "number", "key": "age", "label": "Age"}

    found = form({"type": "group", "components": [inner]}, {"type": "button"}, {"type": "text"})

    assert [field.type for field in found.walk()] == ["group", "number", "text"]


@pytest.mark.parametrize("source", [b"[]", b"{}", b'{"components": {}}', b'"text"', b"no json"])
def test_what_is_no_form_is_refused(source: bytes):
    with pytest.raises(Unusable):
        parse_form(source, file="f.form")


def test_components_that_are_no_objects_are_left_out():
    assert parse_form(b'{"components": [1, null, "x", []]}', file="f.form").fields == ()
