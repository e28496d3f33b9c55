"""What an error page says is a sentence, wherever it was written."""

from tests.web import site as sites
from tests.web.site import Site


def test_a_page_that_is_not_there_says_so_in_a_sentence(site: Site) -> None:
    text = site.page("/cases/424242", status=404).text_content()

    assert "There is no case 424242." in text


def test_whoever_may_not_see_a_page_is_led_to_one_they_may(site: Site) -> None:
    page = site.beside(sites.ANALYST).page("/worklist", status=403)

    assert page.xpath("//main//a/@href") == ["/"]
