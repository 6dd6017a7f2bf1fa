"""Lead: the facilitator's screen while a workshop takes place."""

from pages.kit import desk, workshops
from pages.kit import sitting as room
from pages.kit.standing import head

here = desk.here()
sitting = workshops.open_sitting()
head(sitting.workshop.title, here)

room.lead(here, sitting)
