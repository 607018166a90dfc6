"""What every page asks is found without reading what is over: open duties, and the clocks of a case that still run."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    is_open = sa.text("done_at IS NULL")
    op.create_index(
        "ix_duties_open", "duties", ["kind", "case_id"], sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("ix_deadlines_of_case", "deadlines", ["case_id", "stopped_at", "last_day"])
    op.drop_index("ix_deadlines_case_id", "deadlines")


def downgrade() -> None:
    """Back."""
    op.create_index("ix_deadlines_case_id", "deadlines", ["case_id"])
    op.drop_index("ix_deadlines_of_case", "deadlines")
    op.drop_index("ix_duties_open", "duties")
