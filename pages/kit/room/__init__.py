"""The pages of a workshop that need no account: the phone of a participant and the projector.

They are plain pages of our own, without a visit to Streamlit behind them: a hundred phones cost a hundred small
questions a second, and a phone that was locked goes on where it was. Nothing in them is of a plan but the question
at hand.
"""
