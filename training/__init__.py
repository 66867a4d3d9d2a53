"""Marked statements, and the fit of the weights by which points and stances are chosen: `make fit`."""
