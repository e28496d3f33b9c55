"""A person at a browser: goes to pages, fills them in, and is particular about each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.web import site as sites

AXE = sites.ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND = """tags => axe.run({ runOnly: tags, resultTypes: ["violations"] })
  .then((found) => found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))"""
PATIENCE = 60_000  # milliseconds: a slow machine is no fault of a page
REPORT = "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.blockedURI))"


@cache
def axe() -> str:
    """The source of axe-core, as installed for development."""
    return AXE.read_text()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One person's browser; `complaints` are errors in its console, among them broken policy."""

    page: Page
    has_scripts: bool
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def by(cls, context: BrowserContext, *, has_scripts: bool) -> "Visit":
        """Open a browser's first page."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        visit = cls(page=page, has_scripts=has_scripts)
        page.add_init_script(REPORT)
        page.on("console", lambda said: visit.hear(said.type, said.text))
        page.on("pageerror", lambda error: visit.hear("error", str(error)))
        return visit

    def hear(self, kind: str, text: str) -> None:
        """Keep what the browser complains of; an answer that is an error is none."""
        if kind in ("error", "warning") and "Failed to load resource" not in text:
            self.complaints.append(text)

    def sign_in(self, email: str = sites.EVERYBODY) -> None:
        """Come in with a password."""
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(sites.PASSWORD)
        self.press("Sign in")

    @contextmanager
    def turning(self) -> Iterator[None]:
        """Do what leads to another page; go on when that is loaded and its scripts have run."""
        with self.page.expect_navigation():
            yield

    def press(self, name: str) -> None:
        """Press a button of the page's own, not of the header, that leads to another page."""
        with self.turning():
            self.page.locator("main").get_by_role("button", name=name, exact=True).click()

    def follow(self, link: Locator) -> None:
        """Go where a link leads."""
        with self.turning():
            link.click()

    def choose(self, question: str, answer: str) -> None:
        """Choose one of a question's answers."""
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()

    def complete(self) -> None:
        """Complete the task whose page is open, and confirm its answers where they are checked."""
        self.press("Complete this task")
        if self.heading == "Check your answers":
            self.press("Confirm and complete")

    @property
    def heading(self) -> str:
        """The page's own heading."""
        return self.page.locator("h1").inner_text()

    def start_contact(self) -> None:
        """Start a contact that needs no redirection."""
        self.page.goto("/contacts/new")
        self.choose("How was the contact made?", "A letter")
        self.choose("Who made the contact?", "A member of the public")
        self.choose("Does the information involve a child who may be a Child in Need?", "No")
        self.press("Start this contact")

    def settle(self) -> None:
        """Wait for what scripts draw."""
        for kind in ("[data-diagram]", "[data-compare]"):
            expect(self.page.locator(f"{kind}:not([data-drawn])")).to_have_count(0)

    def violations(self) -> list[list[object]]:
        """What axe-core finds wrong with the page: the rules' names, and the elements."""
        self.settle()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(axe())
        found: list[list[object]] = self.page.evaluate(FIND, TAGS)
        return found
