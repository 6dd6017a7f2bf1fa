"""What is kept: plans, answers and their history, in SQLite or PostgreSQL."""
