"""Who is away, and who covers."""

import pytest
from sqlalchemy import select

from engine.store.tables import AuditEntry
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts
from tests.web.worklist.desk import DAYS, arrange, id_of, reference, send, whose


def test_whoever_covers_takes_over(site: Site, colleague: Site, task: str) -> None:
    site.post(f"{task}/claim", origin="/worklist")
    assert (
        arrange(site, sites.EVERYBODY, sites.COLLEAGUE).headers["Location"] == "/worklist/absences"
    )

    assert whose(colleague, "/worklist?show=mine") == [
        f"For Everybody, who is away Take over Record contact, case {reference(site)}"
    ]
    answer = colleague.post(f"/worklist{task}/take", origin="/worklist")

    assert answer.headers["Location"] == task
    assert whose(colleague, "/worklist?show=mine")[0].startswith("Yours")


def test_absences_are_listed_and_ended(site: Site, colleague: Site) -> None:
    assert "Nobody is away now" in site.page("/worklist/absences").text_content()
    arrange(site, sites.EVERYBODY, sites.COLLEAGUE)

    page = site.page("/worklist/absences")
    assert texts(page, "//tbody/tr/*[position() < 5]") == [
        "Everybody Away now", "1 January 2026", "2 January 2199", "Colleague",
    ]  # fmt: skip
    (end,) = page.xpath("//tbody//form/@action")
    site.post(end, origin="/worklist/absences")
    assert "Nobody is away now" in site.page("/worklist/absences").text_content()


@pytest.mark.parametrize(
    ("boxes", "focus"),
    [
        ({"person": ""}, "#person"),
        ({"cover": "x"}, "#cover"),
        ({"person": "9" * 5000}, "#person"),
        ({"first-day": "32"}, "#first-day"),
        ({"first-day": "9" * 30}, "#first-day"),
        ({"last-month": ""}, "#last-day"),
        ({"last-year": "9999"}, "#last-day"),
        ({"last-year": "2025"}, "#last-day"),
    ],
)
def test_a_wrong_absence_is_explained_and_what_was_typed_stays(
    site: Site, colleague: Site, boxes: dict[str, str], focus: str
) -> None:
    who = {"person": id_of(site, sites.EVERYBODY), "cover": id_of(site, sites.COLLEAGUE)}
    typed = {**who, **DAYS, **boxes}

    page = checked(send(site, typed), status=422)

    assert page.xpath("//div[@role='alert']//a/@href") == [focus]
    assert page.get_element_by_id(focus[1:]) is not None
    assert page.get_element_by_id("first-day").get("value") == typed["first-day"]


def test_whoever_is_no_manager_arranges_cover_only_for_themselves(site: Site) -> None:
    officer = site.beside(sites.OFFICER)

    page = officer.page("/worklist/absences")
    assert texts(page, "//select[@id='person']/option") == ["Choose a person", "Officer"]
    answer = arrange(officer, sites.EVERYBODY, sites.OFFICER)

    assert "for yourself" in checked(answer, status=422).text_content()


def test_no_audit_entry_names_a_child_or_a_person(site: Site, colleague: Site, task: str) -> None:
    walk.complete(site, task, {"children.count": "1", "children.0.name": "Zoe Quill"})
    number = site.page("/worklist").xpath("//input[@name='task']/@value")[0]
    site.post("/worklist/reassign", {"task": [number], "to": id_of(site, sites.COLLEAGUE)},
              origin="/worklist")  # fmt: skip
    arrange(site, sites.EVERYBODY, sites.COLLEAGUE)

    with site.app.extensions["frontdoor.database"].reading() as store:
        entries = store.scalars(select(AuditEntry)).all()

    told = [entry for entry in entries if entry.event in ("user_task.reassigned", "absence.added")]
    assert len(told) == 2
    for entry in entries:
        assert "Quill" not in f"{entry.subject} {entry.detail}"
        assert "Colleague" not in f"{entry.subject} {entry.detail}"
