"""What the office knows and decides."""
