"""One canonical dossier, and a serialiser for each generation of the exchange."""
