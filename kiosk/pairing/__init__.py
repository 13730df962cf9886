"""How a new machine joins the office with a code that a desk shows: the code is the key (docs/decisions/0009)."""
