"""Reviews on the screen: the form, and after handing in what the others say and where team and board are apart."""

from __future__ import annotations

import streamlit as st

from mcplan.decisions import Submission
from mcplan.reviews import MOST_REASON, Review, ReviewRefused, Scorer, Side, find_gaps, scorer_of
from mcplan.rubric import Criterion, load_rubric
from mcplan.views.reviews import progress, view_gaps, view_review
from pages.kit import board, desk, links, memory, tables
from pages.kit.answer_box import in_page, keep_typed
from pages.kit.board import Case
from pages.kit.desk import Here
from pages.kit.gap_chart import gap_chart
from pages.kit.switch import emphasis, switch
from pages.kit.words import lines, plain
from storage.reviews import count_reviews, fetch_review, fetch_reviews, hand_in_review, store_review

SIDES: dict[Side, str] = {"team": "The team", "board": "Somebody on the board"}


def scorer(here: Here) -> Scorer | None:
    """For whom the person at the screen writes; where nobody signs in they say so. None if for nobody."""
    if not desk.person().is_local:
        return scorer_of(desk.person(), here.role)
    side = switch("Scores of", SIDES, chosen="team", key="review-side")
    name = st.text_input("Their name", key="review-name") if side == "board" else ""
    try:
        return scorer_of(desk.person(), here.role, side, name)
    except ReviewRefused as problem:
        st.info(str(problem), icon=":material/person:")
        return None


def fill_in(here: Here, given: Submission, who: Scorer) -> None:
    """The form, or that it is handed in."""
    with desk.opened() as access:
        review = fetch_review(access, given.id, who)
    if review.handed_in_at:
        st.success("This review is handed in. Thank you.", icon=":material/check:")
        return
    if here.plan.archived_at:
        st.info("This plan is archived, so nothing is scored in it.", icon=":material/lock:")
        return
    st.caption(
        "Every score is saved when you pick it, and every reason while you type. "
        "Nobody sees them before you hand in, and you see nobody else's before that."
    )
    _keep_typed(given, who, review)
    for criterion in load_rubric().criteria:
        _ask(given, who, review, criterion)
    _text(given, who, "words", "Anything else the team should know", review.words)
    st.markdown(progress(load_rubric(), review))
    if st.button("Hand in", type=emphasis(), icon=":material/send:", key=f"hand-in-{given.id}-{who.key}"):
        at = desk.now()
        board.done(
            board.kept(lambda access: hand_in_review(access, given.id, who, at=at), "comment"),
            "The review is handed in.",
        )


def others(here: Here, case: Case, given: Submission, who: Scorer | None) -> None:
    """The reviews that may be seen now, with the gap between team and board; else how many there are."""
    with desk.opened() as access:
        reviews, number = fetch_reviews(access, given.id, who), count_reviews(access, given.id)
    st.subheader("Team and board", anchor=False)
    if not reviews:
        seen = "You see them once you have handed in your own, or the board has decided." if number else ""
        st.markdown(f"Reviews handed in: {number}. {seen}")
        return
    view = view_gaps(find_gaps(load_rubric(), reviews))
    if view:
        st.altair_chart(gap_chart(view, on_dark=desk.is_dark()), alt=f"{view.says}. The table below has the scores.")
        tables.table(view.table)
    for review in reviews:
        _draw(review)


def _ask(given: Submission, who: Scorer, review: Review, criterion: Criterion) -> None:
    scored, key = review.scored(criterion), f"score-{given.id}-{who.key}-{criterion.id}"
    memory.show_what_counts(key, scored.score)
    with st.container(border=True):
        st.markdown(f"**{plain(criterion.title)}**  \n{plain(criterion.asks)}")
        st.radio(
            f"Score for {criterion.title.lower()}",
            range(len(criterion.levels)),
            format_func=lambda score: f"{score}: {criterion.levels[score]}",
            key=key,
            on_change=_save,
            args=(given, who, key, criterion.id, "score"),
            label_visibility="collapsed",
        )
        _text(given, who, criterion.id, "Reason", scored.reason)
        for id in criterion.look_at:
            title = next((phase.title for phase in desk.questionnaire().phases if phase.id == id), "")
            if title:
                links.to_version(given.version_id, f"Look at {title.lower()} in the version", id)


def _keep_typed(given: Submission, who: Scorer, review: Review) -> None:
    stored = {each.id: review.scored(each).reason for each in load_rubric().criteria} | {"words": review.words}
    slots = {in_page(_key(given, who, id)): words for id, words in stored.items()}
    keep_typed(f"review {given.id} {who.key}", slots, label="Review", stored=slots)


def _key(given: Submission, who: Scorer, id: str) -> str:
    return f"reason-{given.id}-{who.key}-{id}"


def _text(given: Submission, who: Scorer, id: str, label: str, stored: str) -> None:
    key = _key(given, who, id)
    # Not set anew from what is stored: that would take away what is being typed.
    st.text_area(
        label, stored, max_chars=MOST_REASON, key=key, on_change=_save, args=(given, who, key, id, "reason"), height=80
    )


def _save(given: Submission, who: Scorer, key: str, id: str, part: str) -> None:
    typed, move, at = memory.value(key), desk.new_id(), desk.now()
    changes = {id: typed if id == "words" else {part: typed}}
    desk.keep(
        lambda access: store_review(access, given.id, who, changes, move_id=move, at=at),
        "comment",
    )


def _draw(review: Review) -> None:
    side = "The team" if review.scorer.side == "team" else review.scorer.name
    with st.expander(plain(side), icon=":material/rate_review:"):
        if review.words:
            st.markdown(lines(review.words))
        tables.table(view_review(load_rubric(), review))
