"""What changed between two texts."""

from __future__ import annotations

import random
import re
import time
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from mcplan.differences import MOST_CHANGES, differences

TEXTS = st.text(alphabet="ab \n.é", max_size=60)
WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def rebuilt(pieces, *changes):
    return "".join(text for change, text in pieces if change in changes)


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before, after):
    pieces = differences(before, after)
    assert rebuilt(pieces, "kept", "removed") == before
    assert rebuilt(pieces, "kept", "added") == after
    assert all(text for _, text in pieces)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert [change for change, _ in differences(text, text)] == (["kept"] if text else [])


@given(WORDS, WORDS)
def test_nothing_is_shown_as_changed_that_could_be_kept(before, after):
    pieces = differences(" ".join(before), " ".join(after))
    kept = sum(len(tokens(text)) for change, text in pieces if change == "kept")
    matcher = SequenceMatcher(None, tokens(" ".join(before)), tokens(" ".join(after)), autojunk=False)
    assert kept >= sum(block.size for block in matcher.get_matching_blocks())


def tokens(text):
    return re.findall(r"\w+|\s+", text)


def test_single_words_are_marked():
    assert differences("The quick brown fox.", "The slow brown fox jumps.") == (
        ("kept", "The "),
        ("removed", "quick"),
        ("added", "slow"),
        ("kept", " brown fox"),
        ("added", " jumps"),
        ("kept", "."),
    )


def test_a_small_change_in_a_very_long_text_is_found_word_by_word():
    before = "Employers ask for it. " * 4_000
    middle = len(before) // 2
    pieces = differences(before, f"{before[:middle]}Really. {before[middle:]}")
    assert [(change, text) for change, text in pieces if change != "kept"] == [("added", "Really. ")]


def test_texts_that_have_nothing_in_common_are_compared_in_bounded_time():
    shuffled = random.Random(7)  # noqa: S311
    before = " ".join(shuffled.choices("alpha beta gamma delta".split(), k=20_000))
    after = " ".join(shuffled.choices("alpha beta gamma delta".split(), k=20_000))
    begin = time.perf_counter()
    pieces = differences(before, after)
    assert time.perf_counter() - begin < 5
    assert rebuilt(pieces, "kept", "added") == after


def test_beyond_the_bound_whole_lines_are_compared():
    same = "This line stays.\n"
    before = same + " ".join(f"a{number}" for number in range(MOST_CHANGES)) + "\n" + same
    after = same + " ".join(f"b{number}" for number in range(MOST_CHANGES)) + "\n" + same
    assert [change for change, _ in differences(before, after)] == ["kept", "removed", "added", "kept"]
