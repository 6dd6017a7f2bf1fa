"""What each screen shows, worked out before anything is drawn.

A view holds finished words and numbers. A page that meets one has nothing left to decide.
"""

from mcplan.views.answer import view_answer, view_box
from mcplan.views.fact import view_fact, view_fact_box

__all__ = ["view_answer", "view_box", "view_fact", "view_fact_box"]
