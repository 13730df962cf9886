"""A province of our own: a stand-in for tests, training and demonstrations, speaking real HTTP. Not a real province."""
