"""The ledger of promises, what is known of each payment, and which promise a visit asked about."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("installment", sa.Integer(), nullable=True),
        sa.Column("occurrence", sa.Integer(), nullable=True),
        sa.Column("creditor_id", sa.Integer(), nullable=True),
        sa.Column("promised", mediation.database.Money(precision=15, scale=2), nullable=True),
        sa.Column(
            "paid", mediation.database.Money(precision=15, scale=2), server_default="0", nullable=False
        ),
        sa.Column(
            "waived", mediation.database.Money(precision=15, scale=2), server_default="0", nullable=False
        ),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("postponements", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("done_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "promised IS NULL OR paid + waived <= promised",
            name=op.f("ck_ledger_lines_not_beyond_the_promise"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ledger_lines_case_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clauses.id"], name=op.f("fk_ledger_lines_clause_id")),
        sa.ForeignKeyConstraint(["creditor_id"], ["parties.id"], name=op.f("fk_ledger_lines_creditor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
        sa.UniqueConstraint("clause_id", "no", name=op.f("uq_ledger_lines_clause_id_no")),
    )
    op.create_index("ix_ledger_lines_case_id", "ledger_lines", ["case_id"])
    op.create_index("ix_ledger_lines_due", "ledger_lines", ["due", "done_at"])
    money = mediation.database.Money(precision=15, scale=2)
    moment = mediation.database.UtcDateTime(timezone=True)
    for column in (
        sa.Column("line", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(length=20), server_default="", nullable=False),
        sa.Column("payer_name", sa.String(length=100), server_default="", nullable=False),
        sa.Column("surplus", money, server_default="0", nullable=False),
        sa.Column("against", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("voided_at", moment, nullable=True),
    ):
        op.add_column("payments", column)
    with op.batch_alter_table("follow_ups") as table:
        table.add_column(sa.Column("clause_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("quarrel_again", sa.Boolean(), nullable=True))
        table.create_foreign_key(op.f("fk_follow_ups_clause_id"), "clauses", ["clause_id"], ["id"])


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("follow_ups") as table:
        table.drop_constraint(op.f("fk_follow_ups_clause_id"), type_="foreignkey")
        table.drop_column("quarrel_again")
        table.drop_column("clause_id")
    with op.batch_alter_table("payments") as table:
        for name in ("voided_at", "confirmed_at", "against", "surplus", "payer_name", "how", "line"):
            table.drop_column(name)
    op.drop_table("ledger_lines")
