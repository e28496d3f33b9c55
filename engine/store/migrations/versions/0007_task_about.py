"""What a user task is about, beside its name."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the column; of tasks that are open already only their pages say what they are about."""
    op.add_column("user_task", sa.Column("about", sa.Text(), nullable=True))
