"""mcplan: plan a micro-credential with your team. Start it with `mcplan run` or `streamlit run app.py`.

The server imports this file to find `app`; each visit runs it again as the table of contents.
"""

from typing import Literal

import streamlit as st

from pages.kit import desk, invite, sign_in, start
from pages.kit.server import MIDDLEWARE, ROUTES

if desk.is_visit():
    st.set_page_config(page_icon=desk.ICON, layout="wide")
    with desk.plain_words():
        somebody = sign_in.arrive()
        shown: Literal["visible", "hidden"] = "visible" if desk.plan_id() else "hidden"
        pages = [
            st.Page("pages/plans/plans.py", title="Plans", icon=":material/folder_open:", default=True),
            st.Page("pages/plan/overview.py", title="Overview", icon=":material/hub:", visibility=shown),
            *(
                st.Page("pages/plan/phase.py", title=phase.title, url_path=phase.id, icon=icon, visibility=shown)
                for phase, icon in desk.phases_with_icons()
            ),
            st.Page("pages/review/readiness.py", title="Readiness", icon=":material/speed:", visibility=shown),
            st.Page("pages/review/risks.py", title="Risks", icon=":material/warning:", visibility=shown),
            st.Page("pages/review/dossier.py", title="Dossier", icon=":material/description:", visibility=shown),
            st.Page("pages/plan/comments.py", title="Comments", icon=":material/forum:", visibility=shown),
            st.Page("pages/plan/history.py", title="History", icon=":material/history:", visibility=shown),
            st.Page("pages/plan/table.py", title="Table", icon=":material/table:", visibility="hidden"),
            st.Page("pages/plan/people.py", title="People", icon=":material/group:", visibility=shown),
        ]
        if somebody and somebody.is_admin:
            pages.append(
                st.Page(
                    "pages/admin/people.py", title="People who sign in", url_path="accounts", icon=":material/badge:"
                )
            )
            pages.append(st.Page("pages/admin/installation.py", title="Installation", icon=":material/dns:"))
        there = pages if somebody else sign_in.door([each.url_path for each in pages[1:]])
        page = st.navigation(there, expanded=True)
        desk.turn_to(page, pages)
        invite.accept_from_address(somebody)
        page.run()
else:
    app = st.App(__file__, routes=ROUTES, middleware=MIDDLEWARE)
    start.prepare()
