"""A referrer at the open page."""

import sqlite3
from contextlib import closing
from typing import Any

from werkzeug.test import TestResponse

from tests.web import site as sites
from tests.web import walk
from tests.web.site import Site, texts

TOLD = {
    "immediate_protection_needed": "false",
    "concern": "Often hungry, and alone after school.",
    "children.0.name": "Rowan Canary",
    "children.0.date_of_birth.day": "12",
    "children.0.date_of_birth.month": "9",
    "children.0.date_of_birth.year": "2016",
    "child_location_and_condition": "At home, tired.",
    "family_address": "12 Elm Road",
    "referrer_name": "Marta Example",
    "referrer_agency": "Larkrise School",
    "referrer_contact": "marta@example.test",
}


def values(site: Site, kind: str = "professional", authority: str = "southwark") -> walk.Values:
    path = f"/refer/{authority}/{kind}"
    return {**walk.values_of(walk.form_of(site.page(path), path)), **TOLD}


def send(site: Site, kind: str = "professional", authority: str = "southwark",
         **more: str) -> TestResponse:  # fmt: skip
    sent = {**values(site, kind, authority), **more}
    return site.client.post(f"/refer/{authority}/{kind}", data=sent)


def reference_and_code(site: Site) -> tuple[str, str]:
    page = site.page("/refer/sent")
    reference = texts(page, "//div[contains(@class, 'govuk-panel')]//strong")[0]
    return reference, texts(page, "//strong[@class='app-code']")[0]


def follow(site: Site, reference: str, code: str) -> TestResponse:
    return site.post(
        "/refer/follow", {"reference": reference, "code": code}, origin="/refer/follow"
    )


def staff(site: Site) -> Site:
    return site.beside(sites.EVERYBODY)


def case_of(desk: Site) -> str:
    (case,) = desk.page("/cases").xpath("//tbody//a/@href")
    return str(case)


def rows(site: Site, query: str) -> list[Any]:
    path = site.app.extensions["frontdoor.database"].engine.url.database
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()
