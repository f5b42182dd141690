"""The corpus in PostgreSQL with pgvector, for users who have outgrown one machine."""
