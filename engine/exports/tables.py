"""Writes a table of values as CSV or as a workbook, so that no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from engine.errors import Invalid

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | float | bool | Decimal | date | None

_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # their full-width twins too
_MAX_CELL = 32_767  # characters of a cell that a workbook can hold
_MAX_TITLE = 31
_NOT_IN_TITLE = "[]:*?/\\"
_WIDEST = 60  # characters of a column


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as UTF-8 with a byte order mark; what a spreadsheet would run gets an apostrophe.

    Raises `Invalid` for a row of another length than the columns.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in columns])
    writer.writerows([_harmless(_written(v)) for v in row] for row in _whole(columns, rows))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet_title: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """The table as a workbook of one sheet; texts stay texts, the first row stays in view.

    Raises `Invalid` for a row of another length than the columns.
    """
    body = [[_cell(value) for value in row] for row in _whole(columns, rows)]
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_title(sheet_title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for place, name in enumerate(columns):
            sheet.set_column(place, place, _width(name, body, place))
            sheet.write_string(0, place, name, bold)
        for line, row in enumerate(body, start=1):
            for place, value in enumerate(row):
                _write(sheet, (line, place), value, plain)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _whole(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterable[Sequence[Value]]:
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise Invalid(f"Row {number} has {len(row)} cells for {len(columns)} columns.")
        yield row


def _written(value: Value) -> str:
    """A value as text: yes and no, times in ISO 8601, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _harmless(text: str) -> str:
    """The text; with an apostrophe before it where a spreadsheet would take it for a formula."""
    begins = text.lstrip(" \n\u00a0\ufeff")
    return f"'{text}" if begins.startswith(_RUNS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    """Whether it is a plain number such as -3 or +0.5, which runs nothing."""
    return text.removeprefix("-").removeprefix("+").replace(".", "", 1).isdecimal()


def _cell(value: Value) -> str | float:
    """What a sheet's cell holds: a number, or text that it can hold."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    text = _written(value)
    return text if len(text) <= _MAX_CELL else f"{text[: _MAX_CELL - 1]}…"


def _write(sheet: Any, place: tuple[int, int], value: str | float, style: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(*place, value, style)
    else:
        sheet.write_number(*place, value, style)


def _width(name: str, body: Sequence[Sequence[str | float]], place: int) -> int:
    longest = max((len(str(row[place])) for row in body), default=0)
    return min(_WIDEST, max(len(name), longest) + 2)


def _title(text: str) -> str:
    """A name that a sheet may have."""
    kept = "".join(" " if sign in _NOT_IN_TITLE else sign for sign in text).strip("' ")
    return kept[:_MAX_TITLE].rstrip("' ") or "Table"
