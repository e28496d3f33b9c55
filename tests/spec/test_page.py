"""The page about FEEL says what the tables say."""

from pathlib import Path

from tests.spec.page import page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_the_one_that_the_tables_make():
    assert (DOCS / "feel.md").read_text(encoding="utf-8") == page()
