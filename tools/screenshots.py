"""Pictures of every page with the demo's data: `python -m tools.screenshots FOLDER [NAME...]`."""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from waitress.server import create_server

from engine import demo
from engine.demo.stories import week
from engine.store import migrations
from engine.store.database import Database
from engine.store.settings import Settings
from engine.store.tables import Case, Letter, UserTask
from web import create_app
from web.config import Config

ROOT = Path(__file__).parents[1]
PASSWORD = "screenshots-of-invented-people"
WIDTHS = {"desktop": 1280, "phone": 320}
MANAGER = "duty_manager.southwark@example.test"
WORKER = "social_worker.southwark@example.test"
OFFICER = "information_officer.southwark@example.test"
ANALYST = "analyst@example.test"
TWO = "of=milton_keynes&of=southwark"
PLAYED = "/compare/referral?play=yes&start=2026-03-03T10:00&significant_harm_suspected=true"
PAGES = {  # of each person: what a picture is called, and where it is taken
    "": {
        "sign_in": "/sign-in",
        "refer": "/refer",
        "refer_form": "/refer/southwark/professional",
        "refer_follow": "/refer/follow",
        "help": "/help",
        "glossary": "/help/glossary",
        "accessibility": "/help/accessibility",
    },
    WORKER: {
        "worklist_mine": "/worklist?show=mine",
        "worklist": "/worklist?show=team",
        "task": "/tasks/{task}",
    },
    OFFICER: {
        "find": "/contacts/find",
        "contact": "/contacts/new",
        "task_long": "/tasks/{long}",
        "check": "/tasks/{long}/check",
    },
    MANAGER: {
        "worklist_manager": "/worklist?show=team",
        "worklist_print": "/worklist/print",
        "absences": "/worklist/absences",
        "cases": "/cases",
        "case": "/cases/{several}",
        "case_late": "/cases/{late}",
        "case_limits": "/cases/{late}/limits",
        "case_decisions": "/cases/{harm}/decisions",
        "case_known": "/cases/{several}/known",
        "case_letters": "/cases/{harm}/letters",
        "case_documents": "/cases/{several}/documents",
        "case_history": "/cases/{harm}/history",
        "case_related": "/cases/{late}/related",
        "case_chronology": "/cases/{late}/chronology",
        "case_diagram": "/cases/{several}/diagram",
        "case_print": "/cases/{harm}/print",
        "case_decisions_print": "/cases/{harm}/decisions/print",
        "case_withdraw": "/cases/{several}/withdraw",
        "case_reopen": "/cases/{closed}/reopen",
        "case_correct": "/cases/{several}/correct/referrer_kind/0",
        "letters": "/letters",
        "letter": "/letters/{letter}",
        "board": "/board/southwark",
        "board_heat": "/board/southwark/diagrams/front_door",
        "board_trend": "/board/southwark/trend",
        "board_cases": "/board/southwark/cases?left=overdue",
        "no_such_page": "/no-such-page",
    },
    ANALYST: {
        "procedures": "/procedures/",
        "diagram": "/procedures/southwark/front_door",
        "clauses": "/procedures/southwark/clauses",
        "table": "/procedures/southwark/decisions/disposal_option?tried=yes&level_of_need=low",
        "compare": "/compare",
        "compare_deadlines": "/compare/deadlines",
        "compare_diagrams": f"/compare/diagrams?{TWO}&flow=screening",
        "compare_merged": f"/compare/merged?{TWO}&flow=disposal",
        "compare_tables": f"/compare/tables?{TWO}",
        "compare_table": f"/compare/tables?{TWO}&decision=disposal_option",
        "compare_forms": f"/compare/forms?{TWO}",
        "compare_print": f"/compare/print?{TWO}",
        "referral": "/compare/referral",
        "referral_played": PLAYED,
        "many": "/compare/many",
    },
}
STORIES = {
    "late": "A contact from yesterday that has not been decided on",
    "several": "Three children of one household",
    "harm": "Significant harm suspected, carried through",
    "closed": "Decided, and nothing further to do",
}

TASKS = {  # of those that wait: what a picture calls one, and its element, or one like it
    "task": ("propose_disposal", "clarify_concerns", "see_child"),
    "long": ("establish_information",),
}


def main(folder: Path, *only: str) -> None:
    """Start a demo of its own and write a picture of each page, or of these, at each width."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        settings = Settings.from_env({"FRONTDOOR_VAR": var})
        places = _seeded(settings)
        with _served(settings) as address, sync_playwright() as playwright:
            chromium = os.environ.get("FRONTDOOR_CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for who, pages in PAGES.items():
                wanted = {
                    name: path.format_map(places)
                    for name, path in pages.items()
                    if not only or name in only
                }
                _take_all(browser, address, who, wanted, folder)
            browser.close()


def _seeded(settings: Settings) -> dict[str, int]:
    settings.prepare()
    migrations.upgrade(settings.database_url)
    now = datetime.now(UTC)  # noqa: TID251 - a command that people run, like those of engine/cli
    database = settings.open()
    demo.seed(database, ROOT, var=settings.var, password=PASSWORD, now=now)
    places = _places(database, [story.name for story in week(0, today=now.date())])
    database.close()
    return places


def _places(database: Database, stories: list[str]) -> dict[str, int]:
    """The numbers of the cases and tasks that pictures show."""
    with database.reading() as session:
        cases = session.scalars(
            select(Case.id).where(Case.authority == "southwark").order_by(Case.id)
        ).all()
        by_story = {key: cases[stories.index(name)] for key, name in STORIES.items()}
        waiting = session.execute(
            select(UserTask.element_id, UserTask.id)
            .where(UserTask.case_id.in_(cases), UserTask.ended_at.is_(None))
            .order_by(UserTask.id.desc())
        )
        first = dict(waiting.tuples().all())
        found = {
            key: next((first[each] for each in elements if each in first), None)
            for key, elements in TASKS.items()
        }
        found["letter"] = session.scalars(
            select(Letter.id).where(
                Letter.case_id == by_story["harm"], Letter.recipient == "child_and_family"
            )
        ).first()
    return {**by_story, **{key: number or 0 for key, number in found.items()}}


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    app = create_app(Config(engine=settings, secret_key="k" * 40, https=False))
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)
    app.extensions["frontdoor.database"].close()


def _take_all(
    browser: Browser, address: str, who: str, pages: dict[str, str], folder: Path
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    if who:
        page.goto("/sign-in")
        page.get_by_label("E-mail address").fill(who)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
    for name, path in pages.items():
        if path.endswith("/check"):
            _answer(page, path.removesuffix("/check"))
        for kind, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            page.wait_for_load_state("networkidle")  # diagrams are drawn
            page.screenshot(path=folder / f"{name}_{kind}.png", full_page=True)
            print(name, kind, page.locator("h1").inner_text())  # noqa: T201 - says how far it is
    context.close()


def _answer(page: Page, path: str) -> None:
    """Send a task's first answers, so that they wait to be checked."""
    page.goto(path)
    for group in page.locator("main form fieldset").all():
        choices = group.get_by_role("radio")
        if group.is_visible() and choices.count() and not group.locator(":checked").count():
            choices.first.check()
    for box in page.locator("main textarea:visible").all():
        box.fill("As told on the telephone.")
    page.get_by_role("button", name="Complete this task", exact=True).click()
    page.wait_for_load_state()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
