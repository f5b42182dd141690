"""Frozen types, enumerations and errors that every room shares; standard library only."""
