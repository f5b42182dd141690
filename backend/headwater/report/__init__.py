"""A check's report rendered for people and programs."""
