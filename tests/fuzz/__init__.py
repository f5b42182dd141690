"""Readers and rules fed with what nobody would write: a bounded share in `make test`, hours in `make fuzz`."""
