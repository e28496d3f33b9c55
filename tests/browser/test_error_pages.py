"""Pages for when something is wrong: they say what it is, and everybody can use them."""

from collections.abc import Iterator

import pytest
from flask import abort
from playwright.sync_api import Browser, expect
from sqlalchemy.exc import OperationalError

from tests.browser.serving import served
from tests.browser.test_pages import looked_at
from tests.browser.visit import Visit
from tests.web import site as sites
from web.auth import Access, requires

SAYS = {
    400: "The page could not be sent",
    405: "This address does not do that",
    409: "This can no longer be done",
    413: "That is too much at once",
    422: "Something in the request is wrong",
    500: "Something went wrong in Frontdoor",
    503: "Frontdoor is not available just now",
}


@requires(Access.PUBLIC)
def fail(status: int) -> str:
    """Fail as the service could."""
    if status == 503:
        raise OperationalError("SELECT 1", {}, Exception("no database"))
    if status == 500:
        raise RuntimeError("a fault that nobody foresaw")
    abort(status)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with a page that fails as it is asked to."""
    app = sites.application(sites.build(tmp_path_factory.mktemp("failing") / "var"))
    app.testing = False
    app.add_url_rule("/fail/<int:status>", "fail", fail)
    with served(app) as address:
        yield address
    app.extensions["frontdoor.database"].close()


@pytest.mark.parametrize("status", SAYS)
def test_a_page_says_what_is_wrong_to_everybody(
    browser: Browser, failing: str, status: int
) -> None:
    context = browser.new_context(base_url=failing)
    visit = Visit.by(context, has_scripts=True)
    visit.sign_in()

    answer = visit.page.goto(f"/fail/{status}")

    assert answer is not None
    assert answer.status == status
    expect(visit.page.locator("h1")).to_have_text(SAYS[status])
    expect(visit.page.locator("main")).not_to_contain_text("nobody foresaw")
    looked_at(visit)
    assert visit.complaints == []
    context.close()


def test_a_page_that_was_open_for_too_long_says_so(scripted: Visit) -> None:
    scripted.sign_in()
    scripted.page.goto("/worklist/absences")
    scripted.page.context.clear_cookies()

    scripted.press("Arrange cover")

    expect(scripted.page.locator("h1")).to_have_text(SAYS[400])
    looked_at(scripted)
    assert scripted.complaints == []
