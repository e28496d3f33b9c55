"""Finds a child, and starts a contact, as a person without JavaScript would."""

from tests.web import walk
from tests.web.site import Site

BORN = {"children.0.date_of_birth.day": "4", "children.0.date_of_birth.month": "5",
        "children.0.date_of_birth.year": "2017"}  # fmt: skip
ROWAN = {
    "children.count": "1",
    "children.0.name": "Rowan Ashdown",
    **BORN,
    "children.0.gender": "1",
    "children.0.ethnicity": "WIRI",
    "children.0.disability": "NONE",
}


def next_task(site: Site, case: str) -> str:
    ((_name, task),) = walk.open_tasks(site, case)
    return task


def look(site: Site, **typed: str) -> list[str]:
    """Look for a child; gives the keys of those who are offered."""
    answer = site.post(
        "/contacts/find", {"authority": "southwark", **typed}, origin="/contacts/find"
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/contacts/found"), answer.text
    found = site.page("/contacts/found").xpath("//input[@name='child']/@value")
    return [str(key) for key in found]


def choose(site: Site, *keys: str, **more: str) -> str:
    answer = site.post("/contacts/found", {"child": list(keys), **more}, origin="/contacts/found")
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def start(site: Site, **chosen: str) -> str:
    """Start the contact as the page stands."""
    form = walk.form_of(site.page("/contacts/new"), "/contacts/new")
    values = walk.answered(form, {"child_may_be_in_need": "false", **chosen})
    answer = site.client.post("/contacts/new", data=values)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])
