"""What `make bench` measures: Attaché beside its peers, in one run on one machine."""
