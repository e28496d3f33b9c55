"""Somebody goes through a whole procedure: reads each page, answers what it asks, goes on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.visit import Visit
from tests.web import site as sites
from web import clock

MOST_TASKS = 40
WORDS = "As told on the telephone."
ASKED = """() => [...document.querySelectorAll("main form :is(input, select, textarea)")]
  .filter((box) => box.name && !["hidden", "submit", "file"].includes(box.type))
  .filter((box) => box.checkVisibility() && box.tabIndex !== -1)
  .map(({ name, type, value, checked }) => ({ name, type, value, checked }))"""
LATER = 3  # answers that ask for more answers
Facts = Mapping[str, Any]


def told(**facts: Any) -> dict[str, Any]:
    """What is known of a contact: these facts, and of all others what is usual."""
    usual = {fact.id: fact.default for fact in sites.definition().vocabulary.facts.values()}
    return {**usual, **facts}


def words(value: object) -> str:
    """How a form names a value."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A contact and who takes it: what they know, of each child too, and when they heard it."""

    visit: Visit
    facts: Facts
    children: Mapping[str, Facts] = field(default_factory=lambda: {"Ayla Brandt": {}})
    ago: timedelta = timedelta()

    def start(self, who: str = sites.EVERYBODY) -> str:
        """Sign in and start the contact; gives the address of its case."""
        page = self.visit.page
        self.visit.sign_in(who)
        page.goto("/contacts/new")
        expect(page.locator("h1")).to_have_text("Start a contact")
        self.answer_all()
        self.visit.press("Start this contact")
        expect(page.locator("h1")).to_have_text(re.compile(r"Case \w{4}-\w{4}"))
        return page.url.partition("?")[0]

    def go_on(self, *, until: str = "") -> list[str]:
        """Complete the case's open tasks, first listed first; gives their names.

        With `until` it stops at the first task of that name, whose page is then open.
        """
        page, case, done = self.visit.page, self.visit.page.url.partition("?")[0], []
        while len(done) < MOST_TASKS:
            page.goto(case)
            links = page.locator("main table a[href*='/tasks/']")
            if not links.count():
                return done
            name = links.first.inner_text().splitlines()[0]
            self.visit.follow(links.first)
            expect(
                page.get_by_role("button", name="Complete this task", exact=True)
            ).to_be_visible()
            if name == until:
                return done
            self.answer_all()
            self.visit.complete()
            expect(page.locator("main")).to_contain_text(f"Completed: {name}")
            done.append(name)
        raise AssertionError(f"the case does not come to an end: {done}")

    def answer_all(self) -> None:
        """Answer everything that the page asks and that has no answer yet."""
        self._add_children()
        facts = self._facts_here()
        for _ in range(LATER):
            boxes: list[dict[str, Any]] = self.visit.page.evaluate(ASKED)
            open_ones = [box for box in boxes if self._wanted(box, boxes, facts) is not None]
            for box in filter(self._is_still_asked, open_ones):
                self._put(box, self._wanted(box, boxes, facts))
            if not open_ones:
                return

    def _add_children(self) -> None:
        page, asked = self.visit.page, self._box("children.0.name")
        if not asked.count():
            return
        for number in range(1, len(self.children)):
            if not self._box(f"children.{number}.name").count():
                more = page.get_by_role("button", name=re.compile("Add another.*child", re.I))
                self.visit.follow(more)
                expect(self._box(f"children.{number}.name")).to_be_visible()

    def _facts_here(self) -> Facts:
        """The facts, with those of the child whom the page is about."""
        caption = " ".join(self.visit.page.locator(".govuk-caption-l").all_inner_texts())
        own = next((known for name, known in self.children.items() if name in caption), {})
        return {**self.facts, **own}

    def _wanted(self, box: Facts, boxes: list[dict[str, Any]], facts: Facts) -> str | None:
        """What is to be put into a box, or nothing where it stands right."""
        if box["type"] == "radio":
            return _choice(box, boxes, facts)
        if box["type"] == "checkbox":
            return _tick(box, boxes, facts)
        if box["type"] == "select-one":
            return None if box["value"] else words(facts.get(box["name"], ""))
        return self._text(box)

    def _text(self, box: Facts) -> str | None:
        name, _, part = box["name"].rpartition(".")
        if part in ("day", "month", "year", "hour", "minute"):
            return self._moment(name, part, box["value"])
        if name.startswith("children."):
            number = int(name.split(".")[1])
            return _unless(box["value"], list(self.children)[number]) if part == "name" else None
        if name:
            return None
        known = self.facts.get(box["name"])
        return None if box["value"] else (WORDS if known is None else words(known)) or None

    def _moment(self, name: str, part: str, value: str) -> str | None:
        is_about_arrival = name in ("received_at", "first_contact_at")
        if not name.endswith("_at") or (value and not (is_about_arrival and self.ago)):
            return None
        moment = _local(clock.now() - (self.ago if is_about_arrival else timedelta()))
        return _unless(value, str(getattr(moment, part)))

    def _is_still_asked(self, box: Facts) -> bool:
        """Whether the answers before this one have not hidden it."""
        return self._box(box["name"]).first.is_visible()

    def _put(self, box: Facts, wanted: str | None) -> None:
        page, named = self.visit.page, f"main [name='{box['name']}']"
        if box["type"] in ("radio", "checkbox"):
            page.locator(f"{named}[value='{box['value']}']").check()
        elif box["type"] == "select-one":
            page.locator(named).select_option(wanted or None, **({} if wanted else {"index": 1}))
        else:
            page.locator(named).fill(wanted or "")

    def _box(self, name: str) -> Locator:
        return self.visit.page.locator(f"main [name='{name}']")


def _choice(box: Facts, boxes: list[dict[str, Any]], facts: Facts) -> str | None:
    if box["checked"] or "." in box["name"]:
        return None
    group = [other for other in boxes if other["name"] == box["name"]]
    known = words(facts.get(box["name"]))
    offered = [other["value"] for other in group]
    if known in offered:
        return known if box["value"] == known else None
    is_first = box["value"] == offered[0] and not any(other["checked"] for other in group)
    return offered[0] if is_first else None


def _tick(box: Facts, boxes: list[dict[str, Any]], facts: Facts) -> str | None:
    if box["checked"] or "." in box["name"]:
        return None
    known = facts.get(box["name"])
    if isinstance(known, list):
        return box["value"] if box["value"] in known else None
    if isinstance(known, bool):
        return box["value"] if known else None
    first = next(other for other in boxes if other["name"] == box["name"])
    return box["value"] if box["value"] == first["value"] else None


def _unless(value: str, wanted: str) -> str | None:
    return None if value == wanted else wanted


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo("Europe/London"))
