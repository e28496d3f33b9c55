"""Every way in which feelin and engine.feel disagree is explained, with an example that holds."""

import re
from pathlib import Path

import pytest

from conformance.classes import CLASSES
from conformance.oracle import CONTEXT
from engine import feel

PAGE = (Path(__file__).parents[2] / "docs" / "feel_differences.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in row.strip("|").split(" | "))
    for row in re.findall(r"^\| [^-].*\|$", PAGE, re.MULTILINE)
    if row.count(" | ") == 5
][1:]


def text_in(cell):
    return cell.strip().strip("`")


def test_every_class_is_explained_once():
    assert sorted(row[0] for row in ROWS) == sorted({name for name, _ in CLASSES})


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_our_answer_is_the_one_on_the_page(row):
    text, on, value = text_in(row[1]).partition("` on `")

    if on:
        assert str(
            feel.unary_test(text, feel.evaluate(value, CONTEXT), CONTEXT)
        ).lower() == text_in(row[2])
    else:
        ours = feel.evaluate(text, CONTEXT)
        assert feel.evaluate(text_in(row[2]), CONTEXT) == ours
