"""A facilitated sitting on some questions: silent proposals, reveal, support, merge, commit, confidence.

Rules only: what is stored of a workshop is in `storage.workshops`, and what its pages show in `mcplan.views.workshop`.
"""
