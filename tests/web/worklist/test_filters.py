"""The filters of the worklist."""

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts, words
from tests.web.worklist.desk import choose, names


def test_filters_are_kept_until_they_are_cleared(site: Site, task: str) -> None:
    assert choose(site, role="duty_manager") == "/worklist?show=team"
    site.sign_in(sites.EVERYBODY)

    page = site.page("/worklist")
    assert "You see only: Duty Manager." in words(page)
    assert "No open task is like that" in page.text_content()
    assert page.xpath("//select[@id='role']/option[@selected]/@value") == ["duty_manager"]

    site.post("/worklist/filters/clear", {"whose": "team"}, origin="/worklist")
    assert names(site) == ["Record contact"]


def test_filters_are_ones_own(site: Site, colleague: Site, task: str) -> None:
    choose(site, role="duty_manager")

    assert names(site) == []
    assert names(colleague) == ["Record contact"]


def test_a_childs_name_is_a_filter_and_stands_in_no_address(site: Site, task: str) -> None:
    walk.complete(site, task, {"children.count": "1", "children.0.name": "Zoe Quill"})
    walk.start(site)

    address = choose(site, child="quil")

    assert "quil" not in address
    page = site.page("/worklist")
    assert texts(page, "//div[@class='app-worklist__child']") == ["Zoe Quill"]
    assert len(page.xpath("//tbody//tr")) == 1
    assert "quil" not in "".join(page.xpath("//@href"))


def test_who_referred_is_a_filter(site: Site) -> None:
    walk.start(site, referrer_kind="public")

    choose(site, referrer_kind="family")
    assert names(site) == []
    choose(site, referrer_kind="public")
    assert names(site) == ["Record contact"]
