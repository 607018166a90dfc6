"""One whistle to several departments; experts, invitations, joint sessions; who answers for a case."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WORDS = ("handler", "passed_to", "checked_by")
NOTES = ("declined_for", "withdrawn_for", "check_note")
MOMENTS = ("arrived_at", "declined_at", "withdrawn_at", "checked_at", "nudged_at")
COUNTS = (("whistle", "1"), ("sent_back", "0"), ("nudges", "0"))
#: Added with their reference in the same breath: SQLite would otherwise copy the whole table, which it cannot drop
#: while other tables point at it.
REFERENCES = (("cases", "responsible_id", "users"), ("referrals", "deadline_id", "deadlines"))


def upgrade() -> None:
    """Forward."""
    moment = mediation.database.UtcDateTime(timezone=True)
    op.create_table(
        "experts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=150), nullable=False),
        sa.Column("phone", mediation.database.EncryptedText(), nullable=True),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_experts_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experts")),
    )
    op.create_index(op.f("ix_experts_organisation_id"), "experts", ["organisation_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("expert_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_invitations_case_id")),
        sa.ForeignKeyConstraint(["expert_id"], ["experts.id"], name=op.f("fk_invitations_expert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_case_id"), "invitations", ["case_id"])
    op.create_table(
        "joint_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_at", moment, nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("chair", sa.String(length=100), nullable=False),
        sa.Column("organisations", sa.JSON(), nullable=False),
        sa.Column("experts", sa.JSON(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_joint_sessions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_sessions")),
    )
    op.create_index(op.f("ix_joint_sessions_case_id"), "joint_sessions", ["case_id"])
    for table, column, other in REFERENCES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
            f"CONSTRAINT fk_{table}_{column} REFERENCES {other} (id)"
        )
    op.create_index(op.f("ix_cases_responsible_id"), "cases", ["responsible_id"])
    op.create_index(op.f("ix_referrals_department_id"), "referrals", ["department_id"])
    for name, first in COUNTS:
        op.add_column("referrals", sa.Column(name, sa.Integer(), server_default=first, nullable=False))
    for name in WORDS:
        op.add_column("referrals", sa.Column(name, sa.String(length=100), server_default="", nullable=False))
    for name in NOTES:
        op.add_column("referrals", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in MOMENTS:
        op.add_column("referrals", sa.Column(name, moment, nullable=True))
    op.add_column("referrals", sa.Column("passed_on", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("referrals", sa.Column("handler_phone", mediation.database.EncryptedText(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_referrals_department_id"), "referrals")
    op.drop_index(op.f("ix_cases_responsible_id"), "cases")
    counts = tuple(name for name, _ in COUNTS)
    with op.batch_alter_table("referrals") as batch_op:
        batch_op.drop_constraint("fk_referrals_deadline_id", type_="foreignkey")
        for name in ("deadline_id", "handler_phone", "passed_on", *MOMENTS, *NOTES, *WORDS, *counts):
            batch_op.drop_column(name)
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_constraint("fk_cases_responsible_id", type_="foreignkey")
        batch_op.drop_column("responsible_id")
    op.drop_table("joint_sessions")
    op.drop_table("invitations")
    op.drop_table("experts")
