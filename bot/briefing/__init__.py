"""A Statement → a Brief. Pure: text in, values out."""
