"""Runs migrations on the connection that `mediation.migrating` hands in, so that each is one transaction."""

from alembic import context

import mediation.models  # noqa: F401 - every table has to be known
from mediation.database import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
