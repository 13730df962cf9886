"""Hostile and broken files over all formats that are accepted, made from a seed: for the bench and the tests.

Each module makes one kind; `corpus.write_corpus` puts them into a folder.
"""
