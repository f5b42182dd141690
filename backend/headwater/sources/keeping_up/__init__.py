"""Keeping up with publishers: which sources there are, what they published since, and what became of it."""
