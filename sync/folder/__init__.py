"""The exchange on a stick, for a commune without any line: sealed bundles out, signed receipts back."""
