"""What people take away opens in a spreadsheet, and nothing in it runs."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from engine.errors import Invalid
from engine.exports import as_csv, as_xlsx

RUNNING = [
    "=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=cmd", " \t=1", "－1＋1", "-",
    "\u00a0=1",
]  # fmt: skip
NUMBERS = ["-3", "+7", "-0.5"]


def lines(found: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(found.decode("utf-8-sig"), newline="")))


def sheet(found: bytes) -> Any:
    return load_workbook(io.BytesIO(found)).active


@pytest.mark.parametrize("text", RUNNING)
def test_a_csv_cell_that_would_run_is_made_harmless(text: str) -> None:
    assert lines(as_csv(["a"], [[text]]))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", RUNNING)
def test_a_column_name_that_would_run_is_made_harmless(text: str) -> None:
    assert lines(as_csv([text], []))[0] == [f"'{text}"]


@pytest.mark.parametrize("text", [*NUMBERS, "a=b", "silent", "5 - 3", "'quoted", ""])
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert lines(as_csv(["a", "b"], [[text, "x"]]))[1] == [text, "x"]


def test_csv_begins_with_the_mark_that_spreadsheets_look_for_and_keeps_signs() -> None:
    found = as_csv(["Név"], [["“Żółć”, a\nb"]])

    assert found.startswith(b"\xef\xbb\xbf")
    assert lines(found) == [["Név"], ["“Żółć”, a\nb"]]


def test_csv_says_values_as_people_read_them() -> None:
    row = [
        None,
        True,
        False,
        3,
        Decimal("2.5"),
        date(2026, 3, 4),
        datetime(2026, 3, 4, 9, tzinfo=UTC),
    ]

    assert lines(as_csv(list("abcdefg"), [row]))[1] == [
        "", "yes", "no", "3", "2.5", "2026-03-04", "2026-03-04 09:00+00:00",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [*RUNNING, "{=1}", "https://example.test", "internal:Sheet1!A1"])
def test_a_workbook_holds_texts_and_never_formulas_or_links(text: str) -> None:
    cell = sheet(as_xlsx("Facts", ["a"], [[text]]))["A2"]

    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") == text
    assert cell.hyperlink is None


def test_a_workbook_keeps_its_head_in_view_and_its_numbers_numbers() -> None:
    found = sheet(as_xlsx("Facts", ["=name", "n"], [["a", 3], ["b", Decimal("2.5")]]))

    assert found.title == "Facts"
    assert found.freeze_panes == "A2"
    assert [[cell.value for cell in row] for row in found.rows] == [
        ["=name", "n"], ["a", 3], ["b", 2.5],
    ]  # fmt: skip
    assert found["A1"].data_type == "s"
    assert found["B2"].data_type == "n"


@pytest.mark.parametrize(
    ("title", "kept"),
    [("a/b:c", "a b c"), ("'quoted'", "quoted"), ("x" * 40, "x" * 31), ("?*", "Table")],
)
def test_any_title_becomes_one_that_a_sheet_may_have(title: str, kept: str) -> None:
    assert sheet(as_xlsx(title, ["a"], [])).title == kept


def test_what_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    value = sheet(as_xlsx("Facts", ["a"], [["x" * 40_000]]))["A2"].value

    assert len(value) == 32_767
    assert value.endswith("…")


@pytest.mark.parametrize("write", [as_csv, lambda c, r: as_xlsx("Facts", c, r)])
def test_a_row_of_another_length_is_refused(write: Any) -> None:
    with pytest.raises(Invalid, match="Row 2 has 1 cells for 2 columns"):
        write(["a", "b"], [["x", "y"], ["z"]])
