"""What the pages of a task cost: statements and bytes."""

import io

from tests.engine.documents import samples
from tests.web import walk
from tests.web.site import Site
from tests.web.tasks.test_checking import until

MOST_STATEMENTS = 12
MOST_BYTES = 100_000
SAMPLES = ((samples.PDF, "one.pdf"), (samples.PNG, "two.png"))


def cheap(site: Site, address: str) -> None:
    with site.asked() as statements:
        answer = site.client.get(address)
    assert answer.status_code == 200
    assert len(statements) <= MOST_STATEMENTS, statements
    assert len(answer.data) < MOST_BYTES


def test_a_task_and_its_check_page_ask_the_database_little(site: Site, case: str) -> None:
    task = until(site, case, "Establish information")
    site.post(f"{task}/claim", origin=task)
    form = walk.form_of(site.page(task), task)
    site.client.post(f"{task}/draft", data=walk.values_of(form))
    cheap(site, task)

    answer = site.client.post(task, data=walk.answered(form, {}))

    cheap(site, answer.headers["Location"])


def test_a_claimed_task_with_a_draft_and_files_asks_the_database_little(
    site: Site, task: str
) -> None:
    files = [(io.BytesIO(content), name) for content, name in SAMPLES]
    form = walk.form_of(site.page(task), task)
    sent = {**walk.values_of(form), "concern": "Typed", "contact_documents": files}
    site.client.post(f"{task}/claim", data=sent)
    assert "Your draft of" in site.page(task).text_content()

    cheap(site, task)
