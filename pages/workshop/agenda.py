"""Agenda: what a workshop will be about, in which order and how long; and the way in."""

from pages.kit import desk, workshops
from pages.kit import sitting as room
from pages.kit.standing import head

here = desk.here()
sitting = workshops.open_sitting()
head(sitting.workshop.title, here)

room.take_part(here, sitting)
workshops.say_agenda(here, sitting)
room.handout(here, sitting)
workshops.begin(here, sitting)
