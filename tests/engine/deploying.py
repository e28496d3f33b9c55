"""Deployments as several tests make them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from engine import deploy
from engine.deploy import Deployed
from engine.store.database import Database
from tests.engine.runtime.playing import AUTHORITY

NOW = datetime(2026, 9, 22, 10, 5, tzinfo=UTC)
SCENARIOS = f"bpmn/{AUTHORITY}/scenarios.toml"


def deploy_now(
    database: Database, sources: Mapping[str, bytes], *, now: datetime = NOW
) -> Deployed:
    """Deploy these sources, as somebody would."""
    with TemporaryDirectory() as root, database.writing() as session:
        for name, content in sources.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return deploy.deploy_folder(session, Path(root), AUTHORITY, by="person:1", now=now)
