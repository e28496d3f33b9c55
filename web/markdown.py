"""The little Markdown that guidance in forms is written in, as safe HTML."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

_BLANK = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"\s*[-*]\s+(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![*\w])[*_](?!\s)(.+?)(?<!\s)[*_](?![*\w])")


def render(text: str) -> Markup:
    """Paragraphs, headings, lists, bold and italic; all else is shown as it is written."""
    blocks = _BLANK.split(text.replace("\r\n", "\n").strip())
    return Markup("").join(part for block in blocks for part in _block(block))


def _block(block: str) -> Iterator[Markup]:
    lines = block.splitlines()
    while lines:
        if heading := _HEADING.fullmatch(lines[0]):
            yield Markup('<p class="govuk-body govuk-!-font-weight-bold">{}</p>').format(
                _inline(heading[1])
            )
            lines = lines[1:]
        elif _ITEM.fullmatch(lines[0]):
            count = next((n for n, x in enumerate(lines) if not _ITEM.fullmatch(x)), len(lines))
            yield _list(lines[:count])
            lines = lines[count:]
        else:
            count = next((n for n, x in enumerate(lines) if _starts_block(x)), len(lines))
            yield Markup('<p class="govuk-body">{}</p>').format(_inline(" ".join(lines[:count])))
            lines = lines[count:]


def _starts_block(line: str) -> bool:
    return bool(_ITEM.fullmatch(line) or _HEADING.fullmatch(line))


def _list(lines: list[str]) -> Markup:
    items = [_inline(found[1]) for line in lines if (found := _ITEM.fullmatch(line))]
    inner = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(inner)


def _inline(text: str) -> Markup:
    bold = _STRONG.sub(r"<strong>\1</strong>", str(escape(text)))
    return Markup(_EMPHASIS.sub(r"<em>\1</em>", bold))
