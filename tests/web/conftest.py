"""One service for the whole run; each test has its data as they were at first."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from engine.store.settings import Settings
from tests import folders
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return sites.build(tmp_path_factory.mktemp("site") / "var")


@pytest.fixture(scope="session")
def lasting(built: Settings) -> Flask:
    """The application that all tests share; none of them may change it."""
    return sites.application(sites.copy(built, folders.fresh() / "var"))


@pytest.fixture
def app(built: Settings, lasting: Flask) -> Iterator[Flask]:
    """The application over a new copy of the service's folder.

    To make one, and to have each statement compiled anew, costs more than most tests do.
    """
    database = lasting.extensions["frontdoor.database"]
    folder = Path(str(database.engine.url.database)).parent
    shutil.rmtree(folder)
    sites.copy(built, folder)
    yield lasting
    for thread in threading.enumerate():
        if thread.name.startswith("simulation "):  # it must not write into the next test's copy
            thread.join()
    database.close()


@pytest.fixture
def visitor(app: Flask) -> Site:
    """Somebody who has not signed in."""
    return Site(app=app, client=app.test_client())


@pytest.fixture
def site(visitor: Site) -> Site:
    """Somebody who holds every role of the authority."""
    return visitor.sign_in(sites.EVERYBODY)


@pytest.fixture
def colleague(site: Site) -> Site:
    """Another person with every role."""
    sites.add_person(site.app, sites.COLLEAGUE, *sites.definition().roles)
    return site.beside(sites.COLLEAGUE)


@pytest.fixture
def case(site: Site) -> str:
    """A contact that waits for its record to be written."""
    return walk.start(site)


@pytest.fixture
def task(site: Site, case: str) -> str:
    """The address of the contact's first task."""
    ((_name, address),) = walk.open_tasks(site, case)
    return address
