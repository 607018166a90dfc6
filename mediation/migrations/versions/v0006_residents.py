"""Residents: visits by code, wrong tries, applications, papers asked for, ratings, companions; the outbox."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "try_counts",
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("shut_until", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_try_counts")),
    )
    with op.batch_alter_table("try_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_try_counts_since"), ["since"], unique=False)

    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("answers", mediation.database.EncryptedText(), nullable=False),
        sa.Column("started_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("code", mediation.database.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_applications_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_applications_token_hash")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applications_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_changed_at"), ["changed_at"], unique=False)

    op.create_table(
        "companions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("relation", sa.String(length=50), nullable=False),
        sa.Column("phone", mediation.database.EncryptedText(), nullable=True),
        sa.Column("may", sa.JSON(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("named_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(length=100), nullable=False),
        sa.Column("ended_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_companions_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companions")),
    )
    with op.batch_alter_table("companions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_companions_party_id"), ["party_id"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("words", mediation.database.EncryptedText(), nullable=True),
        sa.Column("at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("later_score", sa.Integer(), nullable=True),
        sa.Column("later_words", mediation.database.EncryptedText(), nullable=True),
        sa.Column("later_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ratings_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_ratings_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("party_id", name=op.f("uq_ratings_party_id")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_case_id"), ["case_id"], unique=False)

    op.create_table(
        "supplements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("handed_in_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.String(length=100), nullable=False),
        sa.Column("answer", mediation.database.EncryptedText(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supplements_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_supplements_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplements")),
    )
    with op.batch_alter_table("supplements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supplements_case_id"), ["case_id"], unique=False)

    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("started_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["code_id"], ["tracking_codes.id"], name=op.f("fk_visits_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_visits_token_hash")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_code_id"), ["code_id"], unique=False)

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("code", mediation.database.EncryptedText(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=10), server_default="past", nullable=False))
        batch_op.add_column(sa.Column("due_at", mediation.database.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("problem", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("once", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("told_by", sa.String(length=100), server_default="", nullable=False))
        batch_op.create_index("ix_notices_state_due", ["state", "due_at"], unique=False)
        batch_op.create_index("uq_notices_once", ["once"], unique=True)

    with op.batch_alter_table("tracking_codes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("companion_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_tracking_codes_companion_id"), "companions", ["companion_id"], ["id"]
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("tracking_codes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_tracking_codes_companion_id"), type_="foreignkey")
        batch_op.drop_column("companion_id")

    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("uq_notices_once")
        batch_op.drop_index("ix_notices_state_due")
        batch_op.drop_column("told_by")
        batch_op.drop_column("once")
        batch_op.drop_column("problem")
        batch_op.drop_column("tries")
        batch_op.drop_column("due_at")
        batch_op.drop_column("state")
        batch_op.drop_column("code")

    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_code_id"))

    op.drop_table("visits")
    with op.batch_alter_table("supplements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supplements_case_id"))

    op.drop_table("supplements")
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ratings_case_id"))

    op.drop_table("ratings")
    with op.batch_alter_table("companions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_companions_party_id"))

    op.drop_table("companions")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_changed_at"))
        batch_op.drop_index(batch_op.f("ix_applications_case_id"))

    op.drop_table("applications")
    with op.batch_alter_table("try_counts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_try_counts_since"))

    op.drop_table("try_counts")
