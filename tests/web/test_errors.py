"""What a person is told when something goes wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from engine.errors import Invalid, NotFound, Refused
from engine.store.settings import Settings
from tests.web import site as sites
from tests.web.site import Site
from web.auth import Access, requires

SAID = "disk or bug: for nobody outside"
BROKEN = OperationalError("SELECT 1", {}, Exception(SAID))


@pytest.fixture
def app(built: Settings, tmp_path: Path) -> Iterator[Flask]:
    """An application of its own, to which a page that fails can be added."""
    app = sites.application(sites.copy(built, tmp_path / "var"))
    app.testing = False
    yield app
    app.extensions["frontdoor.database"].close()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("there is no such thing"), 404),
        (Refused("Somebody did it at 9:00am."), 409),
        (Invalid("That is no date."), 422),
        (BROKEN, 503),
        (ZeroDivisionError(SAID), 500),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_every_error_has_a_page_that_says_what_became_of_the_request(
    visitor: Site, error: Exception, status: int
) -> None:
    def fail() -> str:
        raise error

    visitor.app.add_url_rule("/fails", "fails", requires(Access.PUBLIC)(fail))
    visitor.app.add_url_rule("/api/v1/fails", "api_fails", requires(Access.PUBLIC)(fail))

    page = visitor.page("/fails", status=status)
    assert ("othing was changed" in page.text_content()) == (status != 404)
    assert "SELECT" not in page.text_content()
    assert SAID not in page.text_content()

    problem = visitor.client.get("/api/v1/fails")
    assert problem.status_code == status
    assert problem.mimetype == "application/problem+json"
    assert problem.json["status"] == status
    assert SAID not in problem.text


def test_an_address_that_does_not_exist_is_not_found(visitor: Site) -> None:
    visitor.page("/no-such-page", status=404)
    assert visitor.client.get("/api/v1/no-such").mimetype == "application/problem+json"


def test_too_much_text_is_refused_in_words(site: Site) -> None:
    site.page("/worklist")

    answer = site.client.post("/sign-out", data={"csrf_token": "x" * 3_000_000})

    assert answer.status_code == 413
