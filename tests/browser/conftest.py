"""The service in a thread, and a real browser that reports what its policy forbids."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from engine.store.settings import Settings
from tests.browser.serving import served
from tests.browser.visit import Visit
from tests.web import site as sites

expect.set_options(timeout=20_000)  # milliseconds: a slow machine is no fault of a page


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A service's folder, made once; nobody works in it."""
    return sites.build(tmp_path_factory.mktemp("browser") / "var")


@pytest.fixture
def service(built: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The application over a copy, so that no test finds what another has left."""
    app = sites.application(sites.copy(built, tmp_path / "var"))
    app.testing = False
    yield app
    app.extensions["frontdoor.database"].close()


@pytest.fixture
def address(service: Flask) -> Iterator[str]:
    """Where the application is served."""
    with served(service) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A person at a browser, with JavaScript and without."""
    context = browser.new_context(java_script_enabled=request.param, base_url=address)
    yield Visit.by(context, has_scripts=request.param)
    context.close()


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Visit]:
    """A person at a browser with JavaScript."""
    context = browser.new_context(base_url=address)
    yield Visit.by(context, has_scripts=True)
    context.close()


@pytest.fixture(scope="session")
def root() -> Path:
    return sites.ROOT
