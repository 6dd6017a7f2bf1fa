"""The badge as other systems will read it: a draft Achievement of Open Badges 3.0, and what it still lacks."""

from mcplan.badge.achievement import write_achievement, write_document
from mcplan.badge.checks import check_achievement

__all__ = ["check_achievement", "write_achievement", "write_document"]
