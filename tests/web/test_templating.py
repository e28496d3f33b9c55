"""The application without its built assets."""

from pathlib import Path

import pytest

from tests.web.site import Site
from web import templating


def test_without_assets_the_pages_work_and_say_what_is_missing(
    visitor: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templating, "STATIC", tmp_path)

    page = visitor.page("/sign-in")

    assert "run make setup" in page.text_content()
    assert not page.xpath("//script[@src]")
