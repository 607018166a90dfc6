"""When an application to a court came to its end; what was answered before is dated by the history."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column(
        "confirmations",
        sa.Column("ended_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
    )
    op.execute(
        """
        UPDATE confirmations SET ended_at = (
          SELECT max(entries.at) FROM entries WHERE entries.case_id = confirmations.case_id AND entries.step IN
          ('court_confirm', 'court_dismiss', 'court_reject', 'court_withdraw', 'withdraw_confirmation'))
        WHERE state IN ('confirmed', 'refused', 'withdrawn')
        """
    )


def downgrade() -> None:
    """Back."""
    op.drop_column("confirmations", "ended_at")
