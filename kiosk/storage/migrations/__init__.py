"""Alembic's scripts, shipped with the program. `kiosk.storage.schema` runs them on an open connection."""
