"""Checks as jobs: asked once, decided claim by claim, watched by whoever knows their address."""
