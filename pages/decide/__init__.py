"""The screens on which a board decides: versions, reviews, decisions."""
