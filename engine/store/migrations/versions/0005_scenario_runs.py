"""What the scenarios of a deployed version came to."""

import sqlalchemy as sa
from alembic import op

from engine.store import base

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "scenario_run",
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("ran_at", base.Instant(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployment.id"],
            name=op.f("fk_scenario_run_deployment_id_deployment"),
        ),
        sa.PrimaryKeyConstraint("deployment_id", name=op.f("pk_scenario_run")),
    )
    op.create_table(
        "scenario_result",
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["scenario_run.deployment_id"],
            name=op.f("fk_scenario_result_deployment_id_scenario_run"),
        ),
        sa.PrimaryKeyConstraint("deployment_id", "position", name=op.f("pk_scenario_result")),
    )
