"""Tables that people take away: as CSV and as a workbook, with nothing in them that runs."""

from engine.exports.tables import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx

__all__ = ["CSV_TYPE", "XLSX_TYPE", "as_csv", "as_xlsx"]
