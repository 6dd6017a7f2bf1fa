"""Looking at a plan as a whole: readiness, risks, and the dossier."""
