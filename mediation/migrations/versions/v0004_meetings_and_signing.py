"""Meetings arranged ahead; what was said at a session and found at a visit; how each signature came about."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, length: int = 0) -> sa.Column[Any]:
    kind: Any = sa.String(length=length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False, server_default="")


#: table → columns that older rows lack.
COLUMNS: dict[str, Callable[[], list[sa.Column[Any]]]] = {
    "mediation_sessions": lambda: [sa.Column("statements", sa.JSON(), nullable=True)],
    "follow_ups": lambda: [
        _text("performed", 10),
        sa.Column("handling", sa.Integer(), nullable=True),
        sa.Column("result", sa.Integer(), nullable=True),
        _text("new_signs"),
        sa.Column("next_on", sa.Date(), nullable=True),
    ],
    "agreements": lambda: [
        _text("court_choice", 10),
        sa.Column("copies", sa.Integer(), nullable=True),
        _text("handwritten"),
    ],
    "signatures": lambda: [
        _text("scribe", 100),
        _text("witness", 100),
        sa.Column("identity_checked", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("read_aloud", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("strokes", mediation.database.EncryptedText(), nullable=True),
        _text("device", 200),
        sa.Column("paper_sha256", sa.String(length=64), nullable=True),
    ],
}


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("starts_at", mediation.database.UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("attending", sa.JSON(), nullable=False),
        sa.Column("invited", sa.JSON(), nullable=False),
        sa.Column("mediators", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=100), nullable=False),
        sa.Column("made_at", mediation.database.UtcDateTime(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("ended_at", mediation.database.UtcDateTime(), nullable=True),
        sa.Column("ending", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appointments_case_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_appointments_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_appointments_case_id_number")),
    )
    op.create_index("ix_appointments_organisation_day", "appointments", ["organisation_id", "starts_at"])
    for table, columns in COLUMNS.items():
        for column in columns():
            op.add_column(table, column)


def downgrade() -> None:
    """Back."""
    for table, columns in COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for column in columns():
                batch.drop_column(column.name)
    op.drop_index("ix_appointments_organisation_day", table_name="appointments")
    op.drop_table("appointments")
