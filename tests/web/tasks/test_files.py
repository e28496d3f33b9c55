"""Files that a task's questions ask for."""

import io

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.engine.documents import samples
from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, checked, texts

KEY = "contact_documents"  # what a recorded contact asks for


def with_files(site: Site, task: str, *files: tuple[bytes, str]) -> walk.Values:
    """What a browser sends with these files chosen."""
    values = dict(walk.answered(walk.form_of(site.page(task), task), walk.CHILD))
    chosen = [(io.BytesIO(content), name) for content, name in files]
    return {**values, KEY: chosen}  # type: ignore[dict-item]


def send_much(site: Site, task: str, values: walk.Values) -> TestResponse:
    """Post more than the test client could without leaving a file of its own open."""
    files = [FileStorage(*each) for each in values[KEY]]  # type: ignore[misc]
    boundary, body = encode_multipart({**values, KEY: files})
    kind = f"multipart/form-data; boundary={boundary}"
    return site.client.post(task, data=body, content_type=kind)


def test_the_question_takes_several_files_of_the_kept_types(site: Site, task: str) -> None:
    page = site.page(task)

    (box,) = page.xpath("//input[@type='file']")
    assert ".pdf" in box.get("accept")
    assert box.get("multiple") is not None
    assert walk.form_of(page, task).get("enctype") == "multipart/form-data"


def test_a_file_that_will_not_do_is_named_and_the_others_are_kept(site: Site, task: str) -> None:
    sent = with_files(site, task, (b"MZ\x90\x00", "tool.exe"), (samples.PDF, "letter.pdf"))

    page = checked(site.client.post(task, data=sent), status=422)

    assert page.xpath(f"//a[@href='#{KEY}']")
    assert "of a type that is not kept" in page.text_content()
    assert texts(page, "//ul[@class='app-files']//a") == ["letter.pdf"]


def test_kept_files_are_the_answer_and_stay_with_the_case(site: Site, task: str) -> None:
    sent = with_files(site, task, (samples.PDF, "one.pdf"), (samples.PNG, "two.png"))
    site.client.post(f"{task}/draft", data=sent)
    page = site.page(task)
    assert texts(page, "//ul[@class='app-files']//a") == ["one.pdf", "two.png"]
    found = site.client.get(page.xpath("//ul[@class='app-files']//a/@href")[0])
    assert found.data == samples.PDF
    assert found.headers["Content-Disposition"].startswith("attachment")

    (first, _second) = page.xpath("//button[@name='_take_out']/@value")
    page = checked(
        site.client.post(
            task, data={**walk.values_of(walk.form_of(page, task)), "_take_out": str(first)}
        )
    )
    assert texts(page, "//ul[@class='app-files']//a") == ["two.png"]

    walk.complete(site, task, walk.CHILD)


def test_a_file_of_another_task_is_not_taken_out(site: Site, task: str) -> None:
    site.client.post(f"{task}/draft", data=with_files(site, task, (samples.PDF, "one.pdf")))
    (number,) = site.page(task).xpath("//button[@name='_take_out']/@value")
    ((_name, other),) = walk.open_tasks(site, walk.start(site))

    site.post(other, {"_take_out": str(number)}, origin=other)

    assert texts(site.page(task), "//ul[@class='app-files']//a") == ["one.pdf"]


def test_files_too_large_together_are_refused_and_the_text_is_kept(site: Site, task: str) -> None:
    files = [(samples.PDF + bytes([65 + n]) * 900_000, f"{n}.pdf") for n in range(3)]
    sent = {**with_files(site, task, *files), "concern": "Typed for long"}

    page = checked(send_much(site, task, sent), status=413)

    assert "What you typed is kept as your draft" in page.text_content()
    page = site.page(task)
    assert str(page.get_element_by_id("concern").text).strip() == "Typed for long"
    assert not texts(page, "//ul[@class='app-files']//a")


def test_more_than_is_read_at_all_is_refused_and_the_last_draft_stays(
    site: Site, task: str
) -> None:
    values = {**with_files(site, task), "concern": "Saved before"}
    site.client.post(f"{task}/draft", data=values)
    large = (samples.PDF + b"A" * 21_000_000, "film.pdf")

    checked(send_much(site, task, with_files(site, task, large)), status=413)

    assert str(site.page(task).get_element_by_id("concern").text).strip() == "Saved before"


def test_a_stranger_with_a_large_file_learns_and_leaves_nothing(site: Site, task: str) -> None:
    stranger = site.beside(sites.STRANGER)
    token = sites.csrf_of(stranger.client.get("/account"))
    file = (io.BytesIO(b"A" * 3_000_000), "film.pdf")

    values = {"csrf_token": token, "concern": "Not mine", KEY: [file]}
    page = checked(send_much(stranger, task, values), status=413)  # type: ignore[arg-type]

    assert "kept as your draft" not in page.text_content()
    assert "has been restored" not in site.page(task).text_content()
