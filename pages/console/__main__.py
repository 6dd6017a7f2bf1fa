"""`python -m pages.console`: the `mcplan` command where it is not installed."""

from pages.console.command import main

main()
