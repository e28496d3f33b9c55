"""The documents of a case."""

import io

from tests.web import walk
from tests.web.site import Site, checked, words


def test_document_is_kept_taken_to_look_at_and_taken_out(site: Site, case: str) -> None:
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    sent = {**form, "document": (io.BytesIO(b"A note of the call."), "note.txt")}
    page = checked(
        site.client.post(
            address, data=sent, content_type="multipart/form-data", follow_redirects=True
        )
    )

    (link,) = page.xpath("//a[normalize-space()='note.txt']/@href")
    got = site.client.get(link)
    assert got.data == b"A note of the call."
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    (remove,) = page.xpath("//form[contains(@action, '/remove')]/@action")
    refused = checked(site.client.post(remove, data={**form, "reason": " "}), status=422)
    assert refused.xpath("//div[@role='alert']//a/@href")
    gone = checked(
        site.client.post(remove, data={**form, "reason": "Not about her."}, follow_redirects=True)
    )
    assert "Taken out by Everybody" in words(gone)
    assert site.client.get(link).status_code == 404


def test_file_of_another_kind_is_refused_with_a_sentence(site: Site, case: str) -> None:
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    for sent in ({**form}, {**form, "document": (io.BytesIO(b"MZ\x90\x00\x03"), "run.exe")}):
        answer = site.client.post(address, data=sent, content_type="multipart/form-data")

        page = checked(answer, status=422)
        assert page.xpath("//div[@role='alert']//a/@href") == ["#document"]


def test_document_of_another_case_is_not_found(site: Site, case: str) -> None:
    other = walk.start(site)
    address = f"{case}/documents"
    form = walk.values_of(walk.form_of(site.page(address), address))
    sent = {**form, "document": (io.BytesIO(b"A note."), "note.txt")}
    site.client.post(address, data=sent, content_type="multipart/form-data")

    assert site.client.get(f"{case}/documents/1").status_code == 200
    assert site.client.get(f"{other}/documents/1").status_code == 404
