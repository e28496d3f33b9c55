"""The little Markdown of guidance."""

import pytest

from web.markdown import render

P = '<p class="govuk-body">{}</p>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain.", P.format("Plain.")),
        ("One\nline.", P.format("One line.")),
        ("A\n\nB", P.format("A") + P.format("B")),
        ("**Bold** and *slanted*", P.format("<strong>Bold</strong> and <em>slanted</em>")),
        ("2 * 3 * 4", P.format("2 * 3 * 4")),
        ("snake_case_word", P.format("snake_case_word")),
        ("<script>x</script>", P.format("&lt;script&gt;x&lt;/script&gt;")),
        ("[a](javascript:x)", P.format("[a](javascript:x)")),
        (
            "Ask:\n- one\n- two\n\nThen.",
            P.format("Ask:")
            + '<ul class="govuk-list govuk-list--bullet"><li>one</li><li>two</li></ul>'
            + P.format("Then."),
        ),
        (
            "## Why\nBecause.",
            '<p class="govuk-body govuk-!-font-weight-bold">Why</p>' + P.format("Because."),
        ),
        ("", ""),
    ],
)
def test_markdown_becomes_safe_markup(text: str, html: str) -> None:
    assert render(text) == html
