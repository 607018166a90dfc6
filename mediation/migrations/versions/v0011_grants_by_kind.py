"""Lists read an office's grants of one kind from the index alone."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index(
        "ix_grants_kind", "grants", ["organisation_id", "kind", "ends_at", "starts_at", "case_id"]
    )


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_grants_kind", table_name="grants")
