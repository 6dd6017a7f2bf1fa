"""What follows from the answers: readiness, risks, what the screens show, and the dossier."""
