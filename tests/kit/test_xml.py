"""XML from strangers: what is read, and what is refused before it can do harm."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import xml
from bot.kit.errors import Problem

SWORD = "Zażółć gęślą jaźń, őűí"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert xml.parse(f"<a>{SWORD}</a>".encode(encoding)).text == SWORD


@pytest.mark.parametrize(
    "encoding", ["windows-1250", "CP-1250", "cp_1250", "ISO-8859-2", "ISO_8859-2", "latin2"]
)
def test_the_encodings_of_the_region_are_read_as_declared(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>Łódź, Győr</a>'
    python = "cp1250" if "1250" in encoding else "iso8859-2"
    assert xml.parse(text.encode(python)).text == "Łódź, Győr"


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "cp852"])
@pytest.mark.parametrize(
    "head", ["", "<?xml version='1.0'?>", '<?xml version="1.0" encoding="utf-8"?>']
)
def test_what_is_no_utf8_though_nothing_else_is_said_is_read(encoding: str, head: str) -> None:
    data = f"{head}<a>Zażółć gęślą jaźń w Łodzi, świeże ciąże</a>".encode(encoding)
    assert xml.is_mislabelled(data)
    assert xml.parse(data).text == "Zażółć gęślą jaźń w Łodzi, świeże ciąże"
    assert [one.text for one in xml.each(data, ["a"])] == [xml.parse(data).text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_mark_written_twice_and_zeros_at_the_end_are_passed_over(encoding: str) -> None:
    data = f"\ufeff\ufeff<a>{SWORD}</a>\0\0\0".encode(encoding)
    assert xml.parse(data).text == SWORD
    assert not xml.is_mislabelled(data)


def test_utf16_that_is_not_is_read_as_utf8() -> None:
    assert (
        xml.parse(f'<?xml version="1.0" encoding="utf-16"?><a>{SWORD}</a>'.encode()).text == SWORD
    )


def test_comments_instructions_and_blanks_are_left_out() -> None:
    root = xml.parse(b"<?xml version='1.0'?><!-- a --><?x y?><a>\n  <!-- b -->\n  <b>1</b>\n</a>")
    assert [child.tag for child in root] == ["b"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<!DOCTYPE a><a/>", xml.XmlWithDoctype),
        (
            b'<?xml version="1.0"?><!-- <a> --><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
            xml.XmlWithDoctype,
        ),
        (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'.encode("utf-16"),
            xml.XmlWithDoctype,
        ),
        (b"<a>&x;</a>", xml.XmlBroken),
        (b"<a><b></a>", xml.XmlBroken),
        (b"<a>\xbf&</a>", xml.XmlBroken),
        (b"<!--" * 50_000, xml.XmlBroken),
        (b"", xml.NoXml),
        (b"hello", xml.NoXml),
        (b'<?xml version="1.0" encoding="punycode"?><a/>', xml.XmlEncodingUnknown),
        (b'<?xml version="1.0" encoding="iso-8859-12"?><a/>', xml.XmlEncodingUnknown),
        (b'<?xml version="1.0" encoding="cp1250"?><a>\x81</a>', xml.XmlBytesDoNotFit),
        (b"<a>" * 65 + b"</a>" * 65, xml.XmlTooDeep),
        (b"<a>" * 100_000, xml.XmlTooDeep),
        (b"<a>" + b"<b/>" * xml.MAX_MARKS + b"</a>", xml.XmlTooManyElements),
        (
            b"<a " + b" ".join(b'a%d=""' % n for n in range(xml.MAX_MARKS)) + b"/>",
            xml.XmlTooManyElements,
        ),
        (b"<a>" + b"x" * xml.MAX_BYTES + b"</a>", xml.XmlTooLarge),
    ],
)
def test_what_could_do_harm_is_refused_in_one_sentence(data: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem) as refused:
        xml.parse(data)
    assert "\n" not in str(refused.value)


def test_sixty_four_levels_are_read() -> None:
    assert xml.parse(b"<a>" * 64 + b"</a>" * 64).tag == "a"


def test_each_yields_the_named_elements_and_forgets_them() -> None:
    data = b"<a xmlns='x'><c/>" + b"<b><d>1</d></b>" * 1_000 + b"</a>"
    seen = [
        (element.findtext("{x}d"), len(list(element.itersiblings(preceding=True))))
        for element in xml.each(data, ("b",))
    ]
    assert seen == [("1", 1)] * 1_000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<a>" + b"<c/>" * xml.MAX_MARKS + b"</a>", xml.XmlTooManyElements),
        (b"<a>" * 1_000, xml.XmlTooDeep),
        (b"<a><b>", xml.XmlBroken),
        (b"<!DOCTYPE a><a/>", xml.XmlWithDoctype),
    ],
)
def test_each_refuses_what_parse_refuses(data: bytes, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        list(xml.each(data, ("b",)))


@given(
    st.binary(max_size=200) | st.text(alphabet="<>/a&;!-[]? =\"'x", max_size=200).map(str.encode)
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Problem):
        assert xml.parse(data).tag
