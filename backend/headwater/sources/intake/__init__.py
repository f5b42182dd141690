"""Files that people hand over, an article or a release: told apart by their first bytes, read within limits."""
