"""One module per lane, and the verdict table."""
