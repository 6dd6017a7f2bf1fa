"""People: who may open this plan and what each may do, and for owners, how to change that."""

import streamlit as st

from pages.kit import desk, invite, people
from pages.kit.standing import head

here = desk.here()
head("People", here)
if desk.person().is_local:
    st.info(people.NO_SIGN_IN, icon=":material/computer:")
    st.stop()
view = people.look(here)

st.markdown(f"{view.summary} Nobody else sees that it is there.")
invite.new_link()
with st.container(horizontal=True):
    if here.may("manage_members"):
        invite.by_email()
        invite.by_link()
        people.change(view)
        people.hand_over(view)
    people.leave()

for member in view.members:
    people.draw(member)

if view.invitations:
    st.subheader("Open invitations", anchor=False, divider="gray")
for invitation in view.invitations:
    invite.draw(invitation)
