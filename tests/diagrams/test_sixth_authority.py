"""A copy of an authority's two folders under a new name is an authority: nothing else is needed."""

import shutil
from pathlib import Path

import pytest

from engine import definitions, deploy, people, scenarios
from engine.compare import compare
from engine.definitions import folders
from engine.store import migrations
from engine.store.settings import Settings
from tests import persons
from tests.diagrams.authorities import AUTHORITIES, ROOT, definition, own_scenarios
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site
from web import clock

NEW = "sixth_authority"
PERSON = "everybody.there@example.test"


@pytest.fixture(params=AUTHORITIES)
def original(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def root(original: str, tmp_path: Path) -> Path:
    """A project that holds the copy, and of all else only what authorities share."""
    for kind in ("bpmn", "dmn"):
        shutil.copytree(ROOT / kind / original, tmp_path / kind / NEW)
        if (ROOT / kind / folders.SHARED).is_dir():
            shutil.copytree(ROOT / kind / folders.SHARED, tmp_path / kind / folders.SHARED)
    shutil.copy(ROOT / folders.VOCABULARY, tmp_path / folders.VOCABULARY)
    return tmp_path


@pytest.fixture
def settings(root: Path) -> Settings:
    """A service over a database in which nothing is deployed."""
    settings = Settings.from_env({"FRONTDOOR_VAR": str(root / "var")})
    settings.prepare()
    migrations.upgrade(settings.database_url)
    return settings


def enrol(site: Site) -> None:
    """Let somebody hold every role of the new authority."""
    with site.app.extensions["frontdoor.database"].writing() as store:
        person = persons.create(store, email=PERSON, name="Everybody")
        for role in deploy.current_definition(store, NEW).roles:
            people.grant(store, person.id, NEW, role)


def test_it_is_found_and_check_finds_nothing_in_it(root: Path) -> None:
    assert deploy.authorities_in(root) == (NEW,)
    assert definitions.check_paths([], root) == []


def test_it_is_the_original_in_all_but_its_id(root: Path, original: str) -> None:
    copy, known = definitions.load_authority(root, NEW), definition(original)

    assert (copy.id, copy.name, copy.roles) == (NEW, known.name, known.roles)
    assert set(copy.processes) == set(known.processes)
    coverage = definitions.clause_coverage(copy).to_json()
    assert coverage == definitions.clause_coverage(known).to_json()


def test_compared_with_its_original_it_has_no_differences(root: Path, original: str) -> None:
    found = compare({original: definition(original), NEW: definitions.load_authority(root, NEW)})

    assert (found.diagrams, found.tables, found.forms) == ((), (), ())
    assert all(row.is_same for row in found.matrix)


def test_its_scenarios_pass_as_they_stand(root: Path, original: str) -> None:
    source = (root / "bpmn" / NEW / "scenarios.toml").read_bytes()

    results = scenarios.run_file(definitions.load_authority(root, NEW), source)

    assert {r.name: r.mismatches for r in results if not r.passed} == {}
    assert len(results) == len(own_scenarios(original))


def test_it_is_deployed_listed_and_has_cases(root: Path, settings: Settings) -> None:
    app = sites.application(settings)
    site = Site(app=app, client=app.test_client())
    with app.extensions["frontdoor.database"].writing() as store:
        done = deploy.deploy_folder(store, root, NEW, by="tests", now=clock.now())
    enrol(site)
    site.sign_in(PERSON)

    listed = site.page("/procedures/")
    traced = site.page(f"/procedures/{NEW}/clauses")
    form = walk.form_of(site.page("/contacts/new"), "/contacts/new")
    started = site.client.post("/contacts/new", data=walk.answered(form, {}))

    assert (done.authority, done.number, done.is_new) == (NEW, 1, True)
    assert listed.xpath(f"//a[@href='/procedures/{NEW}/front_door']")
    assert "all passed" in traced.text_content()
    assert started.status_code == 302, started.text
    case = site.page(started.headers["Location"])
    assert done.name in case.text_content()
    assert walk.open_tasks(site, started.headers["Location"])
    app.extensions["frontdoor.database"].close()
