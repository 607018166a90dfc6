"""Papers that the office above prints; a court's queue is counted from an index."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "print_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("printer_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("asked_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("fetcher", sa.String(length=100), nullable=False),
        sa.Column("fetch_when", sa.String(length=100), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("printed_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("printed_by", sa.String(length=100), nullable=False),
        sa.Column("ended_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fetched", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_print_jobs_case_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["organisations.id"], name=op.f("fk_print_jobs_sender_id")),
        sa.ForeignKeyConstraint(["printer_id"], ["organisations.id"], name=op.f("fk_print_jobs_printer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_jobs")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_print_jobs_case_id_number")),
    )
    op.create_index("ix_print_jobs_waiting", "print_jobs", ["printer_id", "ended_at", "printed_at"])
    op.create_index("ix_print_jobs_sender", "print_jobs", ["sender_id", "asked_at"])
    op.create_index("ix_confirmations_court", "confirmations", ["court", "state"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_confirmations_court", table_name="confirmations")
    op.drop_table("print_jobs")
