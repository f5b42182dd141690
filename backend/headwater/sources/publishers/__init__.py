"""Readers of official publishers, one module for each interface."""
