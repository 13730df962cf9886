"""Rules and vocabulary of the one-stop desk: plain data, no I/O, no clock."""
