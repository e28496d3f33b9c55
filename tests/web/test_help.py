import pytest

from tests.web import site as sites
from tests.web.site import Site
from web.help import glossary


@pytest.mark.parametrize("path", ["/help", "/help/glossary", "/help/accessibility"])
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_help_is_there_for_anybody(visitor: Site, path: str, is_signed_in: bool) -> None:
    if is_signed_in:
        visitor.sign_in(sites.OFFICER)

    visitor.page(path)


def test_the_glossary_of_the_pages_is_the_one_that_decides(visitor: Site) -> None:
    lines = glossary.SOURCE.read_text().splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| word")]
    page = visitor.page("/help/glossary")

    words = sites.texts(page, "//dt")

    assert len(words) == len(rows)
    assert "user task" in words


def test_a_copy_without_the_glossary_says_so(visitor: Site, monkeypatch, tmp_path) -> None:
    glossary.parts.cache_clear()
    monkeypatch.setattr(glossary, "SOURCE", tmp_path / "none.md")

    page = visitor.page("/help/glossary", status=404)

    assert "not installed" in " ".join(sites.texts(page, "//main"))
