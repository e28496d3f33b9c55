"""What people keep around their work, and columns by which large lists stay quick."""

import sqlalchemy as sa
from alembic import op

from engine.store import base

revision = "0006"
down_revision = "0005"

_OF_ITS_CASE = '(SELECT authority FROM "case" WHERE "case".id = {table}.case_id)'


def upgrade() -> None:
    """Make the tables and columns, and fill in what earlier rows can tell."""
    _columns()
    _tables()
    for table in ("user_task", "deadline"):
        op.execute(f"UPDATE {table} SET authority = {_OF_ITS_CASE.format(table=table)}")


def _columns() -> None:
    op.add_column("case", sa.Column("referrer_kind", sa.String(length=20), nullable=True))
    op.create_index(
        "ix_case_authority_received_at", "case", ["authority", "received_at"], unique=False
    )
    op.create_index(
        "ix_case_authority_referrer_kind", "case", ["authority", "referrer_kind"], unique=False
    )
    op.create_index("ix_case_authority_id", "case", ["authority", "id"], unique=False)
    op.add_column(
        "deadline", sa.Column("authority", sa.String(length=64), nullable=False, server_default="")
    )
    op.add_column("deadline", sa.Column("reminded_at", base.Instant(), nullable=True))
    op.create_index(
        "ix_deadline_board",
        "deadline",
        [
            "authority",
            "owner",
            "ended_at",
            "is_secured",
            "process_id",
            "element_id",
            "due_at",
            "met",
        ],
        unique=False,
    )
    op.add_column("decision", sa.Column("overridden_by", sa.String(length=100), nullable=True))
    op.add_column("decision", sa.Column("override_reason", sa.Text(), nullable=True))
    op.add_column("decision", sa.Column("table_outputs", base.JsonText(), nullable=True))
    op.add_column(
        "user_task", sa.Column("authority", sa.String(length=64), nullable=False, server_default="")
    )
    op.drop_index(op.f("ix_user_task_worklist"), table_name="user_task")
    op.create_index(
        "ix_user_task_worklist",
        "user_task",
        ["authority", "role", "ended_at", "due_at"],
        unique=False,
    )
    op.create_index(
        "ix_user_task_claimed_by_ended_at", "user_task", ["claimed_by", "ended_at"], unique=False
    )


def _tables() -> None:
    op.create_table(
        "public_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin_hash", sa.String(length=64), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_request")),
    )
    op.create_index(
        "ix_public_request_origin_hash_at", "public_request", ["origin_hash", "at"], unique=False
    )
    op.create_table(
        "simulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settings", base.JsonText(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("result", base.JsonText(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("started_by", sa.String(length=100), nullable=False),
        sa.Column("started_at", base.Instant(), nullable=False),
        sa.Column("heard_at", base.Instant(), nullable=False),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("covered_by", sa.Integer(), nullable=False),
        sa.Column("starts_at", base.Instant(), nullable=False),
        sa.Column("ends_at", base.Instant(), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["covered_by"], ["person.id"], name=op.f("fk_absence_covered_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(
        "ix_absence_covered_by_ends_at", "absence", ["covered_by", "ends_at"], unique=False
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"], unique=False)
    op.create_table(
        "intake_draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=64), nullable=False),
        sa.Column("answers", base.JsonText(), nullable=False),
        sa.Column("saved_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_intake_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "authority", name=op.f("pk_intake_draft")),
    )
    op.create_table(
        "person_view",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("settings", base.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_view_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "page", name=op.f("pk_person_view")),
    )
    op.create_table(
        "case_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_act_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_act")),
    )
    op.create_index(op.f("ix_case_act_case_id"), "case_act", ["case_id"], unique=False)
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=64), nullable=False),
        sa.Column("child", sa.Text(), nullable=True),
        sa.Column("before", base.JsonText(), nullable=False),
        sa.Column("after", base.JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_correction_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_case_id"), "correction", ["case_id"], unique=False)
    op.create_table(
        "referrer_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("referrer_kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_referrer_access_case_id_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrer_access")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_referrer_access_code_hash")),
    )
    op.create_index(
        op.f("ix_referrer_access_case_id"), "referrer_access", ["case_id"], unique=False
    )
    op.create_table(
        "search_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("term", sa.String(length=100), nullable=False),
        sa.Column("child", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_search_term_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_term")),
    )
    op.create_index("ix_search_term_case_id", "search_term", ["case_id"], unique=False)
    op.create_index(
        "ix_search_term_kind_term_case_id", "search_term", ["kind", "term", "case_id"], unique=False
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=True),
        sa.Column("authority", sa.String(length=64), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("clauses", base.JsonText(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", base.Instant(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("made_at", base.Instant(), nullable=False),
        sa.Column("ended_at", base.Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_letter_case_id_case")),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notification.id"],
            name=op.f("fk_letter_notification_id_notification"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_index(op.f("ix_letter_notification_id"), "letter", ["notification_id"], unique=False)
    op.create_index(
        "ix_letter_authority_state_next_try_at",
        "letter",
        ["authority", "state", "next_try_at"],
        unique=False,
    )
    op.create_index("ix_letter_state_next_try_at", "letter", ["state", "next_try_at"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("added_at", base.Instant(), nullable=False),
        sa.Column("removed_by", sa.String(length=100), nullable=True),
        sa.Column("removed_at", base.Instant(), nullable=True),
        sa.Column("removed_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_document_case_id_case")),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name=op.f("fk_document_task_id_user_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_case_id"), "document", ["case_id"], unique=False)
