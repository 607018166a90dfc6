"""How sharp the print on a photographed page is."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("attachments", sa.Column("sharpness", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("attachments", "sharpness")
