"""One module a migration, numbered; the newest number is `kiosk.storage.schema.HEAD`."""
