"""One service for the whole run; each test has a copy of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from engine.store.settings import Settings
from tests.web import site as sites
from tests.web.site import Site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return sites.build(tmp_path_factory.mktemp("site") / "var")


@pytest.fixture
def app(built: Settings, tmp_path: Path) -> Iterator[Flask]:
    app = sites.application(sites.copy(built, tmp_path / "var"))
    yield app
    app.extensions["frontdoor.database"].close()


@pytest.fixture
def visitor(app: Flask) -> Site:
    """Somebody who has not signed in."""
    return Site(app=app, client=app.test_client())


@pytest.fixture
def site(visitor: Site) -> Site:
    """Somebody who holds every role of the authority."""
    return visitor.sign_in(sites.EVERYBODY)
