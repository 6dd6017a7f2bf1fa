"""One table as a sheet, for many rows at once."""

import streamlit as st

from pages.kit import desk, links, sheet, sheet_guide
from pages.kit.standing import head

here, question = desk.here(), desk.table()
head(question.ask if question else "Tables", here)
if desk.lost_target():
    st.info(desk.lost_target(), icon=":material/search_off:")

if question:
    sheet_guide.guidance(question)
    sheet.draw(here, question)
    links.to_question(desk.questionnaire().phase_of(question).id, question.id, "Back to the question")
else:
    sheet_guide.choose()
