"""Before a plan is open: the list of plans."""
