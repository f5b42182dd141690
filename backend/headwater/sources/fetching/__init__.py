"""The one way out: official pages are fetched here, from listed hosts only, within limits."""
