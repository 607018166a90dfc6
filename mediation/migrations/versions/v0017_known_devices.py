"""A code that was guessed at too often is locked and not void; browsers in which it has opened its case before."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None
MOMENT = mediation.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.add_column("tracking_codes", sa.Column("locked_at", MOMENT, nullable=True))
    op.create_table(
        "known_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["tracking_codes.id"], name=op.f("fk_known_devices_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_devices")),
        sa.UniqueConstraint("token_hash", "code_id", name=op.f("uq_known_devices_token_hash_code_id")),
    )
    op.create_index(op.f("ix_known_devices_code_id"), "known_devices", ["code_id"])
    op.create_index(op.f("ix_known_devices_seen_at"), "known_devices", ["seen_at"])


def downgrade() -> None:
    """Back."""
    op.drop_table("known_devices")
    op.drop_column("tracking_codes", "locked_at")
