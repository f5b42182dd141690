"""Stored documents, versions and passages: tables, all SQL, and the slicing of passages."""
