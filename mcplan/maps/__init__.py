"""Maps of a plan: the learner's way, the ecosystem around it, its platforms, and its days on a line."""
