"""A seeded grammar of how pages present who speaks: labels, posts, honorifics, names and layouts in six languages."""
