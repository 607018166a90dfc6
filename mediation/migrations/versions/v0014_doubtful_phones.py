"""A telephone number that cannot be right is kept apart from one that can."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("parties", sa.Column("phone_unsure", sa.String(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("parties", "phone_unsure")
