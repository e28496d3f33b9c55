"""Clause ids as links to what the clauses ask for."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_IN_PAGE = Markup('<a class="govuk-link app-clause__id" href="{}#{}">{}</a>')
_NEW_TAB = Markup(
    '<a class="govuk-link app-clause__id" href="{}#{}" target="_blank" rel="noopener"'
    ' aria-describedby="clauses-open">{}</a>'
)
_PLAIN = Markup('<span class="app-clause__id">{}</span>')


def cited(clauses: Sequence[str], at: str = "", *, new_tab: bool = False) -> Markup:
    """Clause ids as small text after something; nothing where there are none.

    `at` is the address of the clauses' page. Beside unsaved answers links open in a new tab, and
    the page says so in its element `clauses-open`.
    """
    if not clauses:
        return Markup("")
    ids = Markup(", ").join(_one(clause, at, new_tab) for clause in clauses)
    return Markup(' <span class="app-clause">{}</span>').format(ids)


def citing(text: str, clauses: Sequence[str], at: str, *, new_tab: bool = False) -> Markup:
    """A text with links where it names its clauses, and the others of them behind it."""
    html = escape(text)
    named = [clause for clause in clauses if _naming(clause).search(text)]
    for clause in named:
        html = Markup(_naming(clause).sub(str(_one(clause, at, new_tab)), html, count=1))
    others = [clause for clause in clauses if clause not in named]
    return html + cited(others, at, new_tab=new_tab)


def _one(clause: str, at: str, new_tab: bool) -> Markup:
    if not at:
        return _PLAIN.format(clause)
    return (_NEW_TAB if new_tab else _IN_PAGE).format(at, clause, clause)


def _naming(clause: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![#>\w-]){re.escape(clause)}(?![\w-])")
