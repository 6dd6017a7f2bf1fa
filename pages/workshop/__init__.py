"""The screens of workshops: the list, the agenda, the facilitator's screen, the report."""
