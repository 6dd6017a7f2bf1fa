"""What a planning team is asked: phases, sections and questions, and the kinds of answer they take."""
