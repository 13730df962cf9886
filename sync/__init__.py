"""The office and the province: what is sent, what comes back, and never twice. No Qt, no database of the office."""
