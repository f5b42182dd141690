"""A text parted into checkable claims."""
