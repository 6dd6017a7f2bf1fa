"""The `mcplan` command: start the app, and look at plans without a screen."""
