"""The quality gate: labelled pairs, and how far the product's answers agree with them."""
