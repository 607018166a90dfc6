"""Changes made by hand on signed papers; committees' certificates for electronic seals."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "handwritten_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("clause_no", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("initials", sa.JSON(), nullable=False),
        sa.Column("recorded_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name=op.f("fk_handwritten_changes_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handwritten_changes")),
        sa.UniqueConstraint(
            "agreement_id", "number", name=op.f("uq_handwritten_changes_agreement_id_number")
        ),
    )
    op.create_table(
        "committee_certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("valid_from", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("valid_until", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("file", sa.String(length=100), nullable=False),
        sa.Column("added_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=100), nullable=False),
        sa.Column("retired_at", mediation.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_committee_certificates_committee_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_certificates")),
        sa.UniqueConstraint(
            "committee_id", "fingerprint", name=op.f("uq_committee_certificates_committee_id_fingerprint")
        ),
    )
    with op.batch_alter_table("committee_certificates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_committee_certificates_committee_id"), ["committee_id"], unique=False
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("committee_certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_committee_certificates_committee_id"))
    op.drop_table("committee_certificates")
    op.drop_table("handwritten_changes")
