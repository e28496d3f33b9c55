"""What the documents promise is there, and what is there is in the documents."""

import re
from pathlib import Path

import pytest

from tests.engine.cli.test_verbs import verbs

ROOT = Path(__file__).parents[1]
RUNNING = (ROOT / "docs" / "running.md").read_text()
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
SETTING = re.compile(r"FRONTDOOR_[A-Z_]+[A-Z]")


def code() -> str:
    files = [*(ROOT / "engine").rglob("*.py"), *(ROOT / "web").glob("*.py")]
    return "\n".join(file.read_text() for file in (*files, ROOT / "tools" / "system_parts"))


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_is_documented(verb: str) -> None:
    assert re.search(rf"`(frontdoor )?{verb}\b", RUNNING)


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    assert set(SETTING.findall(code())) == set(SETTING.findall(RUNNING))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_between_the_documents_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []
