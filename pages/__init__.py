"""The screens. Each script in a folder here is one, read from top to bottom as the screen is.

No screen stands directly in this folder: on a fresh server Streamlit would serve it to the
first visitor without running `app.py`.
"""
