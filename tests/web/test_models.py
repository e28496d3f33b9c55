"""The procedures to read."""

from tests.web import site as sites
from tests.web.site import Site, words


def test_every_diagram_of_every_authority_is_listed_drawn_and_told(visitor: Site) -> None:
    visitor.sign_in(sites.ANALYST)

    found = visitor.page("/procedures/").xpath("//main//li/a/@href")
    links = [link for link in found if link.count("/") == 3 and not link.endswith("/clauses")]

    assert len(links) == len(sites.definition().processes)
    for link in links:
        page = visitor.page(link)
        source = page.xpath("//div[@class='app-diagram']/@data-source")[0]
        assert visitor.client.get(source).mimetype == "application/xml"
        assert page.xpath("//ol[@class='app-steps']/li")


def test_the_text_version_names_limits_roles_branches_and_clauses(visitor: Site) -> None:
    visitor.sign_in(sites.ANALYST)

    page = visitor.page("/procedures/southwark/front_door")

    text = words(page)
    assert "Limit: 24 hours from receipt by the service (must)." in text
    assert "SWK-51" in text
    assert "MASH information officer" in text
    assert page.xpath("//ul[@class='app-steps__branches']//a[starts-with(@href, '#front_door-')]")


def test_a_diagram_that_is_not_there_is_not_found(site: Site) -> None:
    site.page("/procedures/southwark/nothing", status=404)
    site.page("/procedures/nowhere/front_door", status=404)
    assert site.client.get("/procedures/southwark/nothing.bpmn").status_code == 404
