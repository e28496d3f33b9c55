"""Every page in every state: nobody is shut out, nothing is forbidden, nothing is cut off."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Response, expect

from tests.browser import look, routes
from tests.browser.look import Look
from tests.browser.serving import served
from tests.browser.visit import Visit
from tests.web import furnished
from tests.web.furnished import Furnished

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 800}  # a small telephone, and 1280 at 400 %
CUT_OFF = (Path(__file__).parent / "cut_off.js").read_text()
SERVICES: Mapping[str, Callable[[Path], Furnished]] = {
    look.FULL: furnished.furnish,
    look.BARE: furnished.bare,
    look.UNDEPLOYED: furnished.undeployed,
}


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Somebody at a browser; `answers` are those to what they asked for, `missing` what a page
    needs and does not get."""

    visit: Visit
    answers: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def hear(self, answer: Response) -> None:
        """Note how the service answers."""
        if answer.request.is_navigation_request():
            self.answers.append(answer.status)
        elif answer.status >= 400:
            self.missing.append(answer.url)


class Desks:
    """Services that are built when somebody first looks, and a browser for each who does."""

    def __init__(self, browser: Browser, folder: Path, open_ones: ExitStack) -> None:
        self._browser = browser
        self._folder = folder
        self._open_ones = open_ones
        self._services: dict[str, tuple[str, Mapping[str, int]]] = {}
        self._desks: dict[tuple[str, str], Desk] = {}

    def service(self, name: str) -> tuple[str, Mapping[str, int]]:
        """The service's address, and the numbers that stand in addresses of its pages."""
        if name not in self._services:
            built = SERVICES[name](self._folder / name)
            self._open_ones.callback(built.app.extensions["frontdoor.database"].close)
            address = self._open_ones.enter_context(served(built.app))
            self._services[name] = (address, built.places)
        return self._services[name]

    def desk(self, service: str, who: str) -> Desk:
        """Whoever looks, signed in."""
        if (service, who) not in self._desks:
            address, _ = self.service(service)
            context = self._browser.new_context(base_url=address, viewport=WIDE)  # type: ignore[arg-type] # a dict of these keys
            self._open_ones.callback(context.close)
            desk = Desk(visit=Visit.by(context, has_scripts=True))
            if who:
                desk.visit.sign_in(who)
                expect(desk.visit.page.locator("h1")).not_to_have_text("Sign in")
            desk.visit.page.on("response", lambda answer: desk.hear(answer))
            self._desks[service, who] = desk
        return self._desks[service, who]


@pytest.fixture(scope="module")
def desks(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    with ExitStack() as open_ones:
        yield Desks(browser, tmp_path_factory.mktemp("routes"), open_ones)


def named(one: Look) -> str:
    """What a test of the look is called."""
    return f"{one.endpoint} {one.state} {one.service} {one.path} {len(one.steps)}"


def reached(desks: Desks, one: Look) -> Desk:
    """Come to the page in the state that is to be looked at."""
    _, places = desks.service(one.service)
    desk = desks.desk(one.service, one.who)
    for heard in (desk.answers, desk.missing, desk.visit.complaints):
        heard.clear()
    desk.visit.page.set_viewport_size(WIDE)  # type: ignore[arg-type] # a dict of these keys
    desk.visit.page.goto(one.path.format_map(places))
    for step in one.steps:
        step(desk.visit)
    expect(desk.visit.page.locator("main")).to_contain_text(one.says)
    assert desk.answers[-1] == one.status
    return desk


@pytest.mark.parametrize("one", routes.LOOKS, ids=named)
def test_a_page_can_be_used_by_everybody_on_any_screen(desks: Desks, one: Look) -> None:
    desk = reached(desks, one)
    visit = desk.visit

    expect(visit.page.locator("h1")).to_have_count(1)
    assert visit.violations() == []
    visit.page.set_viewport_size(NARROW)  # type: ignore[arg-type] # a dict of these keys
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert visit.page.evaluate(CUT_OFF) == []
    assert visit.violations() == []
    assert (visit.complaints, desk.missing) == ([], [])


def test_every_route_is_looked_at_or_has_a_reason(service: Flask) -> None:
    asked = {
        rule.endpoint for rule in service.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    looked_at = {one.endpoint for one in routes.LOOKS}
    others = Counter(endpoint for several in routes.NO_PAGES.values() for endpoint in several)

    assert asked == looked_at | set(others)
    assert not looked_at & set(others)
    assert max(others.values()) == 1


def test_every_page_is_seen_as_it_usually_is_and_with_what_can_be_wrong() -> None:
    states = {(one.endpoint, one.state) for one in routes.LOOKS}
    pages = {one.endpoint for one in routes.LOOKS}

    assert pages == {page for page in pages if (page, "normal") in states}
    assert pages - routes.CANNOT_FAIL == {page for page in pages if (page, "error") in states}
