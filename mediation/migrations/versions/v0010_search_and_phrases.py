"""What a case is found by, and a person's own phrases."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
BYTEWISE = sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql")


def upgrade() -> None:
    """Forward; `mediation init` fills the index for the cases that are there."""
    op.create_table(
        "case_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("term", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_terms_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_terms")),
    )
    op.create_index("ix_case_terms_term", "case_terms", ["term", "case_id"])
    op.create_index(op.f("ix_case_terms_case_id"), "case_terms", ["case_id"])
    op.create_table(
        "phrases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("created_at", mediation.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_phrases_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrases")),
    )
    op.create_index(op.f("ix_phrases_user_id"), "phrases", ["user_id"])
    op.create_index("ix_cases_filed_at", "cases", ["filed_at", "id"])
    op.create_index("ix_cases_filed_with", "cases", ["filed_with_id", "filed_at"])


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_cases_filed_with", table_name="cases")
    op.drop_index("ix_cases_filed_at", table_name="cases")
    op.drop_table("phrases")
    op.drop_table("case_terms")
