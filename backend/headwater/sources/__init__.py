"""Readers of official documents, one module per kind of source."""
