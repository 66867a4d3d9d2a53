"""A simulated year: the real services on a real database, with clocks that are driven and workers that come and go."""
