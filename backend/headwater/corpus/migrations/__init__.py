"""How the tables came to be what they are: one history for SQLite and PostgreSQL, read by Alembic.

A change to `tables.py` is a new file in `versions/`, never a change to one that was released: somewhere stands a corpus
made by it. What the two databases have of their own (word indexes, vector indexes) stands in blocks by hand.
"""
