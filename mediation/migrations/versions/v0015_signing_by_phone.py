"""Signing on one's own phone: the links, and a picture of each signature made on a screen."""

import sqlalchemy as sa
from alembic import op

import mediation.database

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
OWNERS = {"agreement_id": "agreements", "party_id": "parties", "document_id": "documents", "user_id": "users"}
MOMENT = mediation.database.UtcDateTime(timezone=True)


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "signing_links",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in OWNERS),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("visitor_hash", sa.String(length=64), nullable=True),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("void_at", MOMENT, nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_signing_links_{name}"))
            for name, table in OWNERS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signing_links_token_hash")),
        sa.UniqueConstraint("visitor_hash", name=op.f("uq_signing_links_visitor_hash")),
    )
    op.create_index(op.f("ix_signing_links_agreement_id"), "signing_links", ["agreement_id"])
    op.create_index(op.f("ix_signing_links_party_id"), "signing_links", ["party_id"])
    op.add_column("signatures", sa.Column("picture", mediation.database.EncryptedText(), nullable=True))


def downgrade() -> None:
    """Back."""
    op.drop_column("signatures", "picture")
    op.drop_table("signing_links")
