"""For administrators: the people and the state of the whole installation, and no plan of it."""
