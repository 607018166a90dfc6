"""Messages to an office: who has read which, and an index to list them by."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "notice_reads",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("read_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_reads_notice_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_reads_user_id")),
        sa.PrimaryKeyConstraint("user_id", "notice_id", name=op.f("pk_notice_reads")),
    )
    op.create_index("ix_notices_office", "notices", ["organisation_id", "created_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_notices_office", table_name="notices")
    op.drop_table("notice_reads")
