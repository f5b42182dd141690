"""Official passages found for a claim: lexical, dense, fused."""
