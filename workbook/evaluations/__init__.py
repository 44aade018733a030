"""Published evaluations: what reports print, and what they leave to be inferred."""
