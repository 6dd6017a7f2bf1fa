"""Walking a plan: its hub, and a screen for each phase."""
