"""What tests of several packages share: one real browser for the whole run."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = os.environ.get("FRONTDOOR_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


# How long an example takes says something of the machine, never of the code.
settings.register_profile("frontdoor", deadline=None)
settings.load_profile("frontdoor")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium without a window."""
    # Imported here, so that tests of the core do not load it.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
