"""A plan in a few sentences: one page for whoever reads only one, and a pitch for half a minute."""

from mcplan.onepage.pitch import write_pitch
from mcplan.onepage.sentences import Told, tell

__all__ = ["Told", "tell", "write_pitch"]
