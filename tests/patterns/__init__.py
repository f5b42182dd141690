"""What every regular expression of the code base costs, counted in steps, not in seconds."""
