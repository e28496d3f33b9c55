"""What the steps of a case come to, and the user tasks with their deadlines."""

import sqlalchemy as sa
from alembic import op

from engine.store import base

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "timeline_event",
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("detail", base.JsonText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_timeline_event_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_event")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_timeline_event_case_id_step_position")
        ),
    )
    op.create_table(
        "deadline",
        sa.Column("deadline", sa.String(length=500), nullable=False),
        sa.Column("deadline_name", sa.String(length=64), nullable=False),
        sa.Column("due_at", base.Instant(), nullable=False),
        sa.Column("started_from", base.Instant(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("strength", sa.String(length=40), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("warn_at", base.Instant(), nullable=True),
        sa.Column("is_secured", sa.Boolean(), nullable=False),
        sa.Column("missed_at", base.Instant(), nullable=True),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_deadline_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("case_id", "deadline", name=op.f("uq_deadline_case_id_deadline")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_deadline_case_id_step_position")
        ),
    )
    op.create_index("ix_deadline_ended_at_due_at", "deadline", ["ended_at", "due_at"], unique=False)
    op.create_table(
        "notification",
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("product", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_notification_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_notification_case_id_step_position")
        ),
    )
    op.create_table(
        "record",
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_record_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_record_case_id_step_position")
        ),
    )
    op.create_table(
        "outcome",
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outcome_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_outcome_case_id_step_position")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("decision_id", sa.String(length=128), nullable=False),
        sa.Column("inputs", base.JsonText(), nullable=False),
        sa.Column("outputs", base.JsonText(), nullable=False),
        sa.Column("rules", base.JsonText(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_decision_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_decision_case_id_step_position")
        ),
    )
    op.create_table(
        "message",
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("received_by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_message_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "case_id", "step", "position", name=op.f("uq_message_case_id_step_position")
        ),
    )
    op.create_table(
        "user_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=500), nullable=False),
        sa.Column("process_id", sa.String(length=128), nullable=False),
        sa.Column("element_id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.Column("form_id", sa.String(length=128), nullable=True),
        sa.Column("opened_at", base.Instant(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("claimed_at", base.Instant(), nullable=True),
        sa.Column("completed_by", sa.String(length=100), nullable=True),
        sa.Column("completed_at", base.Instant(), nullable=True),
        sa.Column("withdrawn_at", base.Instant(), nullable=True),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("due_at", base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_user_task_case_id_case")),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_user_task_deadline_id_deadline")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_task")),
        sa.UniqueConstraint("case_id", "task", name=op.f("uq_user_task_case_id_task")),
    )
    op.create_index(
        "ix_user_task_worklist", "user_task", ["ended_at", "role", "due_at"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answers", base.JsonText(), nullable=False),
        sa.Column("saved_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name=op.f("fk_draft_task_id_user_task")
        ),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_draft")),
    )
