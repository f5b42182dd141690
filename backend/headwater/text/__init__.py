"""Text as it came in, made readable without losing where each character was."""
