"""Cases, their children, saved state, incidents, and what waits in them."""

import sqlalchemy as sa
from alembic import op

from engine.store import base

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("authority", sa.String(length=64), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "waiting_for_referrer",
                "finished",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("received_at", base.Instant(), nullable=False),
        sa.Column("received_out_of_hours", sa.Boolean(), nullable=False),
        sa.Column("started_at", base.Instant(), nullable=False),
        sa.Column("started_by", sa.String(length=100), nullable=False),
        sa.Column("last_step_at", base.Instant(), nullable=False),
        sa.Column("finished_at", base.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_case_deployment_id_deployment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_index("ix_case_authority_status", "case", ["authority", "status"], unique=False)
    op.create_index(op.f("ix_case_deployment_id"), "case", ["deployment_id"], unique=False)
    op.create_table(
        "child_of_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("date_of_birth", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_child_of_case_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_of_case")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_child_of_case_case_id_position")),
    )
    op.create_table(
        "process_instance",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("saved_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_process_instance_case_id_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_process_instance")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=True),
        sa.Column("element_id", sa.String(length=128), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("resolved_at", base.Instant(), nullable=True),
        sa.Column("resolved_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incident_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(
        "ix_incident_case_id_resolved_at", "incident", ["case_id", "resolved_at"], unique=False
    )
    op.create_table(
        "timer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_at", base.Instant(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("set_at", base.Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", base.Instant(), nullable=False),
        sa.Column("fired_at", base.Instant(), nullable=True),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_timer_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_due", "timer", ["ended_at", "due_at"], unique=False)
    op.create_index(
        "ix_timer_waiting",
        "timer",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
