"""What a container is made of and how it is run, tried without a container engine."""
