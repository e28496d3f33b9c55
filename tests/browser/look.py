"""One look at a page: where it is, who looks, what they do there, and what it then says."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.visit import Visit
from tests.web import site as sites

Step = Callable[[Visit], object]
NOBODY = ""
FULL, BARE, UNDEPLOYED = "full", "bare", "undeployed"  # services, see tests/web/furnished.py


@dataclass(frozen=True, kw_only=True)
class Look:
    """One state of a page: where it is, who looks at it, and what they do there.

    `{words}` in a path stand for numbers of the furnished service; `status` is that of the answer
    to the last thing done, and `says` is what the page then says.
    """

    endpoint: str
    path: str
    says: str
    steps: tuple[Step, ...] = ()
    who: str = sites.EVERYBODY
    service: str = FULL
    status: int = 200

    @property
    def state(self) -> str:
        """What the page is seen in: error, empty, or normal."""
        if self.status >= 400:
            return "error"
        return "normal" if self.service == FULL else "empty"


def press(name: str) -> Step:
    """Press a button."""
    return lambda visit: visit.press(name)


def fill(label: str, text: str) -> Step:
    """Fill in a box."""
    return lambda visit: visit.page.get_by_label(label, exact=True).first.fill(text)


def choose(question: str, answer: str) -> Step:
    """Choose one of a question's answers."""
    return lambda visit: visit.choose(question, answer)


def fill_in(name: str, text: str) -> Step:
    """Fill in the box of that name."""
    return lambda visit: visit.page.locator(f"[name='{name}']").fill(text)


def pick(label: str, text: str) -> Step:
    """Pick an entry of a list."""
    return lambda visit: visit.page.get_by_label(label, exact=True).select_option(text)


def tick(selector: str) -> Step:
    """Tick the first box of that kind."""
    return lambda visit: visit.page.locator(selector).first.check()


def unfold(text: str) -> Step:
    """Open what is folded."""
    return lambda visit: visit.page.locator("summary", has_text=text).first.click()


def at(endpoint: str, path: str, says: str, *steps: Step, **more: str | int) -> Look:
    """Write one look in one line."""
    return Look(endpoint=endpoint, path=path, says=says, steps=steps, **more)  # type: ignore[arg-type] # names are checked by the class
