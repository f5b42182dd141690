"""Headwater: trace news text to the official words it came from."""

__version__ = "0.1.0"
RULE_VERSION = "2026.11.6"  # raised whenever a rule of judgement changes
