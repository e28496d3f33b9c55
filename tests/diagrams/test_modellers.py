"""Every diagram and every table opens in the modellers' own viewers without a word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from engine import dmn
from engine.definitions import parse_process
from tests.diagrams.authorities import ROOT

MODULES = ROOT / "web" / "node_modules"
BPMN = MODULES / "bpmn-js" / "dist" / "bpmn-navigated-viewer.production.min.js"
DMN = MODULES / "dmn-js" / "dist" / "dmn-navigated-viewer.production.min.js"
DIAGRAMS = sorted((ROOT / "bpmn").glob("*/*.bpmn"))
TABLES = sorted((ROOT / "dmn").glob("*/*.dmn"))
CANVAS = "<!doctype html><title>x</title><div id=canvas style='width:900px;height:600px'></div>"

OPEN_DIAGRAM = """async (xml) => {
  const viewer = new BpmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  const drawn = viewer.get('elementRegistry').getAll().map((element) => element.id);
  viewer.destroy();
  return { warnings: warnings.map((warning) => warning.message), drawn };
}"""
OPEN_TABLE = """async (xml) => {
  const viewer = new DmnJS({ container: '#canvas' });
  const { warnings } = await viewer.importXML(xml);
  const messages = warnings.map((warning) => warning.message);
  const views = viewer.getViews();
  const rows = [];
  for (const view of views) {
    if (view !== viewer.getActiveView()) {  // the first is open, and cannot be drawn twice
      const opened = await viewer.open(view);
      messages.push(...opened.warnings.map((warning) => warning.message));
    }
    const shown = document.querySelectorAll('#canvas tbody tr [data-row-id]');
    rows.push(...Array.from(shown, (cell) => cell.dataset.rowId));
  }
  viewer.destroy();
  return { warnings: messages, views: views.map((view) => view.type), rows };
}"""


def opened(browser: Browser, script: Path) -> Iterator[tuple[Page, list[str]]]:
    """A page with a viewer, and what the browser complains of."""
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_content(CANVAS)
    page.add_script_tag(path=script)
    complaints.clear()  # what the viewer says of its own build is nothing about our files
    yield page, complaints
    page.close()


@pytest.fixture(scope="module")
def bpmn_js(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    yield from opened(browser, BPMN)


@pytest.fixture(scope="module")
def dmn_js(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    yield from opened(browser, DMN)


def imported(viewer: tuple[Page, list[str]], script: str, path: Path) -> dict[str, Any]:
    """What the viewer made of the file, once nothing was said against it."""
    page, complaints = viewer
    found: dict[str, Any] = page.evaluate(script, path.read_text())
    assert found["warnings"] == []
    assert complaints == []
    return found


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", DIAGRAMS, ids=named)
def test_a_diagram_opens_in_bpmn_js_with_all_that_it_holds(
    bpmn_js: tuple[Page, list[str]], path: Path
) -> None:
    (process,) = parse_process(path.read_bytes(), file=named(path))

    drawn = set(imported(bpmn_js, OPEN_DIAGRAM, path)["drawn"])

    assert set(process.elements) <= drawn
    assert set(process.flows) <= drawn


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_a_table_opens_in_dmn_js_with_all_its_rows(
    dmn_js: tuple[Page, list[str]], path: Path
) -> None:
    tables = [d.table for d in dmn.load(path).decisions.values() if d.table]

    found = imported(dmn_js, OPEN_TABLE, path)

    assert found["views"].count("decisionTable") == len(tables)
    assert {rule.id for table in tables for rule in table.rules} <= set(found["rows"])


def test_there_are_diagrams_and_tables() -> None:
    assert DIAGRAMS
    assert TABLES


def test_a_diagram_that_is_not_right_is_noticed(bpmn_js: tuple[Page, list[str]]) -> None:
    page, _ = bpmn_js
    source = DIAGRAMS[0].read_text()
    assert 'bpmnElement="' in source

    broken = source.replace('bpmnElement="', 'bpmnElement="no_', 3)

    assert page.evaluate(OPEN_DIAGRAM, broken)["warnings"] != []
