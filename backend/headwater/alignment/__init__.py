"""Which claim faces which passages, and which fact faces which fact."""
