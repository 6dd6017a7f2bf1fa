"""mcplan: plan a micro-credential with your team. Start it with `mcplan run` or `streamlit run app.py`.

The server imports this file to find `app`; each visit runs it again as the table of contents.
"""

from typing import Literal

import streamlit as st

from pages.kit import desk, icons, invite, sign_in, start
from pages.kit.server import MIDDLEWARE, ROUTES

if desk.is_visit():
    st.set_page_config(page_icon=desk.ICON, layout="wide")
    with desk.plain_words():
        somebody = sign_in.arrive()
        shown: Literal["visible", "hidden"] = "visible" if desk.plan_id() else "hidden"
        groups = {
            "": [
                st.Page("pages/plans/plans.py", title="Plans", icon=":material/folder_open:", default=True),
                st.Page("pages/plans/portfolio.py", title="Portfolio", icon=":material/dashboard:"),
                st.Page("pages/plans/meeting.py", title="Meetings", url_path="meetings", icon=":material/event:"),
                st.Page("pages/plans/work.py", title="My work", url_path="work", icon=":material/checklist:"),
                st.Page("pages/plans/skills.py", title="Skills", icon=":material/psychology:"),
                st.Page("pages/plan/overview.py", title="Overview", icon=":material/hub:", visibility=shown),
            ],
            "Walk": [
                st.Page("pages/plan/phase.py", title=phase.title, url_path=phase.id, icon=icon, visibility=shown)
                for phase, icon in icons.phases_with_icons()
            ],
            "See": [
                st.Page("pages/review/readiness.py", title="Readiness", icon=":material/speed:", visibility=shown),
                st.Page("pages/review/one_page.py", title="On one page", url_path="one-page", visibility="hidden"),
                st.Page("pages/review/findings.py", title="Findings", icon=":material/rule:", visibility=shown),
                st.Page("pages/review/risks.py", title="Risks", icon=":material/warning:", visibility=shown),
                st.Page("pages/review/actions.py", title="Actions", icon=":material/task_alt:", visibility=shown),
                st.Page(
                    "pages/review/alignment.py", title="Alignment", icon=":material/table_chart:", visibility=shown
                ),
                st.Page("pages/review/pathway.py", title="Pathway", icon=":material/route:", visibility=shown),
                st.Page("pages/review/finance.py", title="Finance", icon=":material/payments:", visibility=shown),
                st.Page("pages/review/journey.py", title="Delivery map", icon=":material/map:", visibility=shown),
                st.Page("pages/review/ecosystem.py", title="Ecosystem", icon=":material/public:", visibility=shown),
                # The block of questions about the lifecycle has that path already.
                st.Page(
                    "pages/review/lifecycle.py",
                    title="Calendar",
                    url_path="calendar",
                    icon=":material/calendar_month:",
                    visibility=shown,
                ),
            ],
            "Decide": [
                st.Page("pages/decide/versions.py", title="Versions", icon=":material/inventory_2:", visibility=shown),
                st.Page("pages/decide/review.py", title="Review", icon=":material/rate_review:", visibility=shown),
                st.Page("pages/decide/decision.py", title="Decision", icon=":material/gavel:", visibility=shown),
            ],
            "Hand over": [
                st.Page("pages/review/summary.py", title="Summary", icon=":material/short_text:", visibility=shown),
                st.Page("pages/review/dossier.py", title="Dossier", icon=":material/description:", visibility=shown),
                st.Page("pages/review/badge.py", title="Badge", icon=":material/workspace_premium:", visibility=shown),
                st.Page("pages/review/data.py", title="Data", icon=":material/swap_horiz:", visibility=shown),
            ],
            "Together": [
                st.Page("pages/workshop/workshops.py", title="Workshops", icon=":material/podium:", visibility=shown),
                st.Page("pages/workshop/agenda.py", title="Agenda", url_path="workshop-agenda", visibility="hidden"),
                st.Page("pages/workshop/lead.py", title="Lead", url_path="workshop-lead", visibility="hidden"),
                st.Page("pages/workshop/report.py", title="Report", url_path="workshop-report", visibility="hidden"),
                st.Page("pages/plan/comments.py", title="Comments", icon=":material/forum:", visibility=shown),
                st.Page("pages/plan/history.py", title="History", icon=":material/history:", visibility=shown),
                st.Page("pages/plan/people.py", title="People", icon=":material/group:", visibility=shown),
                st.Page("pages/plan/table.py", title="Table", icon=":material/table:", visibility="hidden"),
                st.Page("pages/review/sources.py", title="Sources", icon=":material/library_books:", visibility=shown),
            ],
        }
        if somebody and (somebody.is_admin or somebody.is_local):
            groups["Administration"] = [
                st.Page("pages/admin/templates.py", title="Word templates", icon=":material/draft:"),
            ]
        if somebody and somebody.is_admin:
            groups["Administration"] += [
                st.Page(
                    "pages/admin/people.py", title="People who sign in", url_path="accounts", icon=":material/badge:"
                ),
                st.Page("pages/admin/installation.py", title="Installation", icon=":material/dns:"),
            ]
        pages = [page for group in groups.values() for page in group]
        page = st.navigation(sign_in.behind_door(groups, somebody), expanded=True)
        desk.turn_to(page, pages)
        invite.accept_from_address(somebody)
        page.run()
        desk.ask_tab()
else:
    app = st.App(__file__, routes=ROUTES, middleware=MIDDLEWARE)
    start.prepare()
