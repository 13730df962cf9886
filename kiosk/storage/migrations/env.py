"""Runs the migrations on the connection, and in the transaction, of `kiosk.storage.schema.migrate`."""

from __future__ import annotations

from alembic import context

from kiosk.storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
