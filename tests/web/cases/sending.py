"""Sends the forms on the pages of a case."""

from lxml import html

from tests.web import walk
from tests.web.site import Site, checked


def send(site: Site, address: str, **boxes: str) -> html.HtmlElement:
    """Fill in the form of a page and send it; the page that it leads to."""
    values = {**walk.values_of(walk.form_of(site.page(address), address)), **boxes}
    return checked(site.client.post(address, data=values, follow_redirects=True))
