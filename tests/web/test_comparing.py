"""Every page that compares: a sixth authority stands on each, and each leads to the others."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from engine import definitions, deploy
from engine.compare import SECTIONS
from tests.web import site as sites
from tests.web.site import Site, texts

AVALON = "avalon"
PLAYED = "/compare/referral?play=yes&start=2026-03-03T10:00"
WAYS = "//nav[@aria-label='Ways of comparing']//a"
NAVIGATED = (
    "/compare",
    "/compare/deadlines",
    "/compare/diagrams",
    "/compare/merged",
    "/compare/tables",
    "/compare/tables?decision=next_step",
    "/compare/forms",
    "/compare/referral",
    PLAYED,
    "/compare/many",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """All authorities, and a sixth folder: Southwark's, in which one clause has other words."""
    root = tmp_path_factory.mktemp("comparing")
    app = sites.application(sites.build(root / "var"))
    for authority in definitions.authority_ids(sites.ROOT):
        if authority != sites.AUTHORITY:
            sites.deploy(app, definitions.load_authority(sites.ROOT, authority))
    sites.deploy(app, _sixth(root / "new"))
    yield app
    app.extensions["frontdoor.database"].close()


def _sixth(root: Path) -> definitions.AuthorityDefinition:
    for kind in ("bpmn", "dmn"):
        shutil.copytree(sites.ROOT / kind / sites.AUTHORITY, root / kind / AVALON)
        if (sites.ROOT / kind / "shared").is_dir():
            shutil.copytree(sites.ROOT / kind / "shared", root / kind / "shared")
    shutil.copy(sites.ROOT / "bpmn" / "vocabulary.toml", root / "bpmn")
    _reworded(root / "bpmn" / AVALON / "authority.toml", 'name = "Southwark"', 'name = "Avalon"')
    _reworded(
        root / "bpmn" / AVALON / "clauses.csv",
        "Requested professionals have a duty to cooperate",
        "Whoever is asked lends a hand",
    )
    assert deploy.authorities_in(root) == (AVALON,)
    return definitions.load_authority(root, AVALON)


def _reworded(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def reader(app: Flask) -> Site:
    return Site(app=app, client=app.test_client()).sign_in(sites.ANALYST)


def two(path: str) -> str:
    """The address of a page for Sefton and Avalon alone."""
    mark = "&" if "?" in path else "?"
    names = "authority" if "/referral" in path or "/many" in path else "of"
    return f"{path}{mark}{names}=sefton&{names}={AVALON}"


def sections() -> Iterator[str]:
    yield from (f"/compare/{section.id}" for section in SECTIONS)


@pytest.mark.parametrize("path", [*NAVIGATED, *sections(), "/compare/print", "/compare/matrix.csv"])
def test_a_sixth_folder_stands_on_every_page_with_no_code_changed(reader: Site, path: str) -> None:
    answer = reader.client.get(path)

    assert answer.status_code == 200
    assert "Avalon" in answer.text


def test_a_clause_in_words_of_its_own_is_told_and_not_left_out(reader: Site) -> None:
    page = reader.page("/compare/other?of=southwark&of=avalon")

    told = "//tr[th='{}']/td[@data-column='Avalon']"
    (must,) = texts(page, told.format("Must other professionals help?"))
    (beside,) = texts(
        page, told.format("What else do the clauses say, that no other question finds?")
    )
    assert "Silent" in must
    assert "Whoever is asked lends a hand" in beside
    assert "found by words of the register" in page.text_content()


@pytest.mark.parametrize("path", NAVIGATED)
def test_every_page_leads_to_every_other_with_the_same_choice(reader: Site, path: str) -> None:
    page = reader.page(two(path) if "decision" not in path else f"{two(path)}&flow=contact")

    links = [str(link) for link in page.xpath(f"{WAYS}/@href")]
    assert [urlsplit(link).path for link in links] == [
        f"/compare{way}"
        for way in ("", "/diagrams", "/merged", "/tables", "/forms", "/referral", "/many")
    ]
    for link in links:
        words = parse_qs(urlsplit(link).query)
        assert words.get("of", words.get("authority")) == ["sefton", AVALON], link
        assert reader.client.get(link).status_code == 200, link


def test_the_flow_is_kept_from_page_to_page(reader: Site) -> None:
    for start in ("/compare/deadlines", "/compare/tables", "/compare/merged"):
        page = reader.page(f"{two(start)}&flow=disposal")
        links = [str(link) for link in page.xpath(f"{WAYS}/@href")]

        assert all("flow=disposal" in link for link in links[:5]), start
    front = reader.page(f"{two('/compare/diagrams')}&flow=front_door")
    assert not [link for link in front.xpath(f"{WAYS}/@href") if "flow=" in str(link)]


def test_a_flow_that_none_of_those_chosen_draws_leads_to_one_that_they_do(reader: Site) -> None:
    page = reader.page("/compare/diagrams?of=sefton&of=cambridgeshire&flow=screening")

    assert "has no diagram of this name" in page.text_content()
    assert page.xpath("//h1")


@pytest.mark.parametrize("path", ["/compare/referral", PLAYED, "/compare/many"])
def test_an_authority_that_is_not_there_is_not_played_as_all(reader: Site, path: str) -> None:
    mark = "&" if "?" in path else "?"

    assert reader.client.get(f"{path}{mark}authority=atlantis").status_code == 404


def test_nothing_deployed_is_said(tmp_path: Path) -> None:
    app = sites.application(sites.build(tmp_path / "var", deployed=False))
    reader = Site(app=app, client=app.test_client()).sign_in(sites.ANALYST)

    for path in NAVIGATED:
        answer = reader.client.get(path)
        assert answer.status_code in (404, 422), path
        assert "No procedure has been deployed yet" in answer.text, path
        assert "frontdoor deploy" in answer.text, path
    app.extensions["frontdoor.database"].close()
