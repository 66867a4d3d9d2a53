"""The rules: values and decisions. Standard library only; no I/O and no clock (`now` is always an argument)."""
