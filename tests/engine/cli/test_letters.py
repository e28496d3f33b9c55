"""The verb `letters`: an e-mail that came back is marked by its message id."""

import json
from pathlib import Path

import pytest

from engine.cli import main
from engine.store import migrations
from engine.store.deployed import keep
from engine.store.settings import Settings
from engine.store.tables import Letter
from tests.engine.runtime.playing import NOW, definition, start_case


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("FRONTDOOR_VAR", str(tmp_path))
    found = Settings.from_env({"FRONTDOOR_VAR": str(tmp_path)})
    migrations.upgrade(found.database_url)
    return found


def test_an_email_that_came_back_is_marked_and_an_unknown_one_is_not_found(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    database = settings.open()
    with database.writing() as session:
        keep(session, definition(), by="system:test", now=NOW)
    case_id = start_case(database)
    with database.writing() as session:
        letter = Letter(
            case_id=case_id,
            authority="southwark",
            recipient="manager",
            kind="overdue",
            address="manager@example.test",
            subject="A limit has been missed",
            text="It has passed.\n",
            html="<p>It has passed.</p>",
            clauses=[],
            state="sent",
            tries=1,
            next_try_at=NOW,
            message_id="<abc@example.test>",
            made_at=NOW,
        )
        session.add(letter)

    assert main(["letters", "bounced", "<abc@example.test>", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"letter": letter.id}
    assert main(["letters", "bounced", "<unknown@example.test>"]) == 2

    with database.reading() as session:
        assert session.get_one(Letter, letter.id).state == "bounced"
    database.close()
