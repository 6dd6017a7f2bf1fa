"""What can be checked by reckoning: objectives, alignment, pathway, tables. Each check gives findings with a reason."""
