"""What a court sent back and why, until when; the batches of packages it fetched."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[sa.DateTime]:
    return sa.Column(name, mediation.database.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Forward."""
    op.add_column("confirmations", sa.Column("returned_until", sa.Date(), nullable=True))
    op.add_column("confirmations", _moment("supplemented_at"))
    op.add_column("confirmations", _moment("exported_at"))
    op.create_table(
        "court_returns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("confirmation_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        _moment("returned_at", nullable=False),
        _moment("mended_at"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_returns_case_id")),
        sa.ForeignKeyConstraint(
            ["confirmation_id"], ["confirmations.id"], name=op.f("fk_court_returns_confirmation_id")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["organisations.id"], name=op.f("fk_court_returns_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_returns")),
    )
    for column in ("confirmation_id", "case_id", "returned_at"):
        op.create_index(f"ix_court_returns_{column}", "court_returns", [column])
    op.create_table(
        "court_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("plain_names", sa.Boolean(), nullable=False),
        sa.Column("case_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("asked_at", nullable=False),
        _moment("heard_at"),
        _moment("finished_at"),
        _moment("expires_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_court_exports_organisation_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_court_exports_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_exports")),
        sa.UniqueConstraint("token", name=op.f("uq_court_exports_token")),
    )
    for column in ("organisation_id", "state"):
        op.create_index(f"ix_court_exports_{column}", "court_exports", [column])


def downgrade() -> None:
    """Back."""
    op.drop_table("court_exports")
    op.drop_table("court_returns")
    with op.batch_alter_table("confirmations") as table:
        for name in ("exported_at", "supplemented_at", "returned_until"):
            table.drop_column(name)
