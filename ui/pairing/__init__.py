"""Machines of the office: letting one in, joining, and looking after them all."""
