"""Files that were handed in are opened within limits, and refused in a sentence."""

from __future__ import annotations

import contextlib
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcplan.parcel import Limits, ParcelRefused, open_parcel, read_xml, refuse_outside

SMALL = Limits(packed=1 << 20, parts=20, part=1 << 20, whole=2 << 20)
RELS = "word/_rels/document.xml.rels"


def a_zip(parts: dict[str, bytes | str], **how: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", how.get("packing", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name) if "plain" in how else name, content)
    return file.getvalue()


def a_reference(kind: str, target: str) -> bytes:
    return a_zip({RELS: f'<R><S Id="a" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></R>'})


def why(packed: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(ParcelRefused) as refused:
        open_parcel(packed, limits)
    return str(refused.value)


def test_what_is_in_it_comes_out():
    parcel = open_parcel(a_zip({"a/b.xml": "<a>ü</a>", "c.txt": b"\x00\x01", "folder/": ""}))

    assert parcel.names == ("a/b.xml", "c.txt")
    assert parcel.read("c.txt") == b"\x00\x01"
    assert parcel.xml("a/b.xml").text == "ü"
    assert "c.txt" in parcel
    with pytest.raises(ParcelRefused, match="not complete"):
        parcel.read("../c.txt")


def test_a_bomb_is_refused_before_it_costs_memory():
    bomb = a_zip({f"{place}.xml": bytes(100 << 20) for place in range(3)})
    tracemalloc.start()

    said = why(bomb, Limits())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "unpacks to more" in said
    assert most < 2 << 20


def test_a_bomb_of_many_parts_is_refused_by_their_sum():
    mixed = bytes(range(256)) * 2000
    assert "more than 2 MB" in why(
        a_zip({f"{place}": mixed for place in range(5)}, packing=zipfile.ZIP_STORED),
        Limits(packed=8 << 20, whole=2 << 20),
    )


def test_sizes_that_the_directory_lies_about_are_not_believed():
    packed = bytearray(a_zip({"a.xml": bytes(900_000)}, packing=zipfile.ZIP_DEFLATED))
    entry = packed.index(b"PK\x01\x02")
    packed[entry + 24 : entry + 28] = (10).to_bytes(4, "little")

    with pytest.raises(ParcelRefused, match="damaged"):
        open_parcel(bytes(packed)).read("a.xml")


def test_a_long_directory_is_refused_unread():
    many = a_zip({f"{place}": "" for place in range(5_000)})
    tracemalloc.start()

    said = why(many)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "more than 20 parts" in said
    assert most < 1 << 18


@pytest.mark.parametrize(
    "name", ["../a", "a/../../b", "/etc/passwd", "a//b", "C:/a", "a\\..\\b", "./a", "a\nb", "x" * 300]
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert "name that is not allowed" in why(a_zip({name: "x"}, plain=1))


def test_two_parts_of_one_name_are_refused():
    assert "same name" in why(a_zip({"a.xml": "1", "A.xml": "2"}))


def test_a_link_in_the_file_system_is_refused():
    file, link = BytesIO(), zipfile.ZipInfo("a")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "packed in a way" in why(file.getvalue())


def test_a_password_is_refused():
    packed = bytearray(a_zip({"a": "x"}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in why(bytes(packed))


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (b"", "not a file"),
        (b"%PDF-1.7", "not a file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password or is of an old kind"),
        (b"PK\x03\x04", "damaged"),
        (a_zip({"a": "x"})[:-30], "damaged"),
        (a_zip({"a": "x"}) + b"more", "damaged"),
        (bytes(2 << 20), "larger than 1 MB"),
        (a_zip({"a": "x"}, packing=zipfile.ZIP_BZIP2), "packed in a way"),
    ],
    ids=["empty", "pdf", "ole", "head only", "cut short", "too long", "too large", "bzip2"],
)  # fmt: skip
def test_what_is_no_zip_file_of_ours_is_refused(packed, said):
    assert said in why(packed)


@given(st.binary(max_size=300), st.integers(0, 200), st.binary(min_size=1, max_size=8))
def test_whatever_is_handed_in_there_is_a_parcel_or_a_sentence(content, place, harm):
    packed = bytearray(a_zip({"a.xml": b"<a>" + content + b"</a>", "b": content}))
    place %= len(packed)
    packed[place : place + len(harm)] = harm
    with contextlib.suppress(ParcelRefused):
        parcel = open_parcel(bytes(packed), SMALL)
        for name in parcel.names:
            parcel.read(name)
        if "a.xml" in parcel:
            parcel.xml("a.xml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "defines entities"),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), "UTF-8"),
        (b"<?xml version='1.0' encoding='cp037'?><a/>", "UTF-8"),
        (b"<a>", "not well formed"),
        (b"<a>" + b"<b/>" * 1_000_000 + b"</a>", "more than mcplan can look through"),
        (b"<a>" * 5000 + b"</a>" * 5000, "not well formed"),
        (b"", "not well formed"),
    ],
)  # fmt: skip
def test_xml_of_an_unusual_make_is_refused(content, said):
    with pytest.raises(ParcelRefused, match=said):
        read_xml(content, "a.xml")


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("image", "http://example.org/a.png", "loads a picture from outside"),
        ("attachedTemplate", "file:///c:/a.dotm", "loads a template from outside"),
        ("hyperlink", "file:///c:/secret", "leads neither to the web"),
        ("hyperlink", "javascript:alert(1)", "leads neither to the web"),
    ],
)
def test_what_is_loaded_from_outside_is_refused(kind, target, said):
    with pytest.raises(ParcelRefused, match=said):
        refuse_outside(open_parcel(a_reference(kind, target)))


def test_links_that_a_person_may_follow_stay():
    refuse_outside(open_parcel(a_reference("hyperlink", "https://example.org/")))
