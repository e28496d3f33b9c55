"""What stands in the boxes, in words."""

from engine.definitions.model import Field, Option
from web.forms import summary, typed_rows

CHILD = (
    Field(key="name", type="textfield", label="Name"),
    Field(key="born", type="datetime", subtype="date", label="Born"),
)
FIELDS = (
    Field(key="text", type="textarea", label="Text"),
    Field(
        key=None,
        type="group",
        label="Group",
        fields=(
            Field(
                key="one",
                type="radio",
                label="One of {{limit}}?",
                options=(Option(value=True, label="Yes, it is"),),
            ),
        ),
    ),
    Field(key="at", type="datetime", subtype="datetime", label="At"),
    Field(key="sure", type="checkbox", label="Sure"),
    Field(
        key="children",
        type="dynamiclist",
        label="Children",
        fields=CHILD,
        properties={"entry.label": "Child"},
    ),
)
BOXES = {
    "one": ["true"],
    "at.day": ["3"],
    "at.month": ["3"],
    "at.year": ["2026"],
    "at.hour": ["9"],
    "at.minute": ["05"],
    "children.count": ["2"],
    "children.1.name": ["Two"],
    "children.1.born.day": ["31"],
    "children.1.born.month": ["2"],
    "children.1.born.year": ["2017"],
}


def test_answers_are_shown_with_their_questions_and_where_to_change_them() -> None:
    shown = frozenset({"text", "one", "at", "children"})

    rows = summary(FIELDS, BOXES, {"limit": "two"}, shown=shown)

    assert [(row.label, row.text, row.focus) for row in rows] == [
        ("Text", "Not answered", "text"),
        ("One of two?", "Yes, it is", "one"),
        ("At", "3 March 2026 at 9:05", "at-day"),
        ("Children", "Child 2: Name: Two; Born: 31 2 2017", "children"),
    ]


def test_what_was_typed_is_given_back_by_its_questions() -> None:
    assert typed_rows(FIELDS, {"text": [" a\nb "], "sure": ["true"], "csrf_token": ["x"]}) == (
        ("Text", "a\nb"),
        ("Sure", "Yes"),
    )
