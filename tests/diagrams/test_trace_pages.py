"""The pages of every authority's clauses: each leads to where it lives, and back."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urldefrag

import pytest

from engine import deploy
from tests.diagrams.authorities import AUTHORITIES, ROOT, definition
from tests.web import site as sites
from tests.web.site import Site, texts
from web import clock


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Somebody who reads, once everything was deployed."""
    app = sites.application(sites.build(tmp_path_factory.mktemp("pages") / "var"))
    with app.extensions["frontdoor.database"].writing() as store:
        for authority in AUTHORITIES:
            deploy.deploy_folder(store, ROOT, authority, by="tests", now=clock.now())
    yield Site(app=app, client=app.test_client()).sign_in(sites.ANALYST)
    app.extensions["frontdoor.database"].close()


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_clause_leads_to_what_is_there_and_has_run(site: Site, authority: str) -> None:
    address = f"/procedures/{authority}/clauses"
    page = site.page(address)

    @cache
    def ids(path: str) -> frozenset[str]:
        return frozenset(site.page(path).xpath("//@id"))

    links = {urldefrag(link) for link in page.xpath("//article//a/@href")}
    lost = [link for link in links if link[1] not in ids(link[0] or address)]

    assert lost == []
    assert set(page.xpath("//article/@id")) == set(definition(authority).clauses)
    assert texts(page, "//*[contains(@class, 'govuk-tag') and not(.='Passed')]") == []


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_element_leads_back_to_its_clauses(site: Site, authority: str) -> None:
    address = f"/procedures/{authority}/clauses"
    led = 0
    for process in definition(authority).processes.values():
        page = site.page(f"/procedures/{authority}/{process.id}")
        for element in process.elements.values():
            path = f"//li[@id='{process.id}-{element.id}']//a/@href"
            linked = {urldefrag(link) for link in page.xpath(path)}
            assert {(address, clause) for clause in element.clauses} <= linked, element.id
            led += len(linked)
    assert led > 50
