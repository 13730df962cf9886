"""One function per act of an officer or citizen, and the ports they need."""
