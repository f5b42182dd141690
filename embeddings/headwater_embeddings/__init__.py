"""Text to vectors, and vectors to neighbours; knows nothing of claims."""
