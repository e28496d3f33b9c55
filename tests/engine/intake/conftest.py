import pytest

from engine.runtime.rows import Place, write_known
from tests.engine.runtime.playing import AUTHORITY, NOW


@pytest.fixture
def learn(deployed):
    """Lets a case come to know more, as a completed task does."""

    def learn(case_id, **facts):
        with deployed.writing() as session:
            place = Place(
                session=session, case_id=case_id, authority=AUTHORITY, step=9, by="system:t",
                now=NOW,
            )  # fmt: skip
            write_known(place, facts)

    return learn
