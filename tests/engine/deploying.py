"""Deployments as several tests make them."""

from collections.abc import Mapping
from datetime import UTC, datetime

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
    with database.writing() as session:
        return deploy.deploy(session, sources, AUTHORITY, by="person:1", now=now)
