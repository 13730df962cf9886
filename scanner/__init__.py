"""Paper to document: capture, clean-up, codes, recognition, searchable PDF. Knows no window and no database."""
