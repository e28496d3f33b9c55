"""What is done to several tasks at once."""

import pytest

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from tests.web.worklist.desk import id_of, names, number_of, whose


def test_several_tasks_are_claimed_and_released_at_once(site: Site) -> None:
    tasks = [walk.open_tasks(site, walk.start(site))[0][1] for _ in range(3)]
    chosen = [number_of(address) for address in tasks[:2]]

    done = checked(site.post("/worklist/selected", {"act": "claim", "task": chosen},
                             origin="/worklist"))  # fmt: skip

    assert done.findtext(".//h1") == "2 of 2 tasks claimed"
    assert sum(words.startswith("Yours") for words in whose(site)) == 2
    done = checked(site.post("/worklist/selected", {"act": "release", "task": chosen},
                             origin="/worklist"))  # fmt: skip
    assert done.findtext(".//h1") == "2 of 2 tasks released"
    assert names(site, "/worklist?show=mine") == []


def test_each_task_that_could_not_be_claimed_has_its_reason(
    site: Site, colleague: Site, task: str
) -> None:
    other = walk.open_tasks(site, walk.start(site))[0][1]
    colleague.post(f"{task}/claim", origin="/worklist")
    chosen: list[str] = [number_of(task), number_of(other)]

    page = checked(site.post("/worklist/selected", {"act": "claim", "task": chosen},
                             origin="/worklist"))  # fmt: skip

    assert page.findtext(".//h1") == "1 of 2 tasks claimed"
    items = texts(page, "//main//li")
    assert "Colleague claimed this at" in items[0]
    again = site.post("/worklist/selected", {"act": "claim", "task": [number_of(task)]},
                      origin="/worklist")  # fmt: skip
    assert checked(again, status=409).findtext(".//h1") == "0 of 1 task claimed"


def test_nothing_selected_is_said(site: Site, task: str) -> None:
    for act in ("claim", "release", "reassign"):
        answer = site.post("/worklist/selected", {"act": act}, origin="/worklist")
        assert checked(answer, status=422).findtext(".//h1") == "No task was selected"


@pytest.mark.parametrize("written", ["x", "-1", "", "٣", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_is_refused(site: Site, task: str, written: str) -> None:
    answer = site.post("/worklist/selected", {"act": "claim", "task": written}, origin="/worklist")

    checked(answer, status=422)


def test_tasks_are_reassigned_to_a_colleague(site: Site, colleague: Site, task: str) -> None:
    chosen = {"act": "reassign", "task": [number_of(task)]}
    page = checked(site.post("/worklist/selected", chosen, origin="/worklist"))
    offered = texts(page, "//select[@id='to']/option")
    assert offered == ["Choose a colleague", "Colleague", "Everybody", "Officer"]

    nobody = site.post("/worklist/reassign", {"task": [number_of(task)]}, origin="/worklist")
    assert "Choose a colleague." in checked(nobody, status=422).text_content()
    done = site.post(
        "/worklist/reassign",
        {"task": [number_of(task)], "to": id_of(site, sites.COLLEAGUE)},
        origin="/worklist",
    )

    assert checked(done).findtext(".//h1") == "1 of 1 task reassigned"
    assert whose(site) == ["Colleague"]
    assert names(colleague, "/worklist?show=mine") == ["Record contact"]


def test_a_colleague_whom_there_cannot_be_is_asked_for_again(site: Site, task: str) -> None:
    number = task.rpartition("/")[2]

    answer = site.post("/worklist/reassign", {"task": number, "to": "9" * 30}, origin="/worklist")

    assert "Choose a colleague." in checked(answer, status=422).text_content()
