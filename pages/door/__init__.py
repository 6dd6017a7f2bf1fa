"""Before anybody is let in: the screen to sign in at."""
