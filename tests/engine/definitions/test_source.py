"""Files from anywhere are read safely or refused with a sentence."""

import pytest

from engine.definitions import source as reading
from engine.definitions.problems import Unusable

REFUSED = [
    ("file_size", b"<a>" + b" " * 1_000_001 + b"</a>"),
    ("file_encoding", b"PK\x03\x04rest"),
    ("file_encoding", "<a/>".encode("utf-16")),
    ("file_encoding", b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>'),
    ("file_encoding", b"<a>\xff</a>"),
    ("file_xml", b"no xml"),
    ("file_xml", b"<a><b></a>"),
    ("file_xml", b"<a>&#0;</a>"),
    ("file_xml", b"<a>" * 61 + b"</a>" * 61),
    ("file_xml", b"<a>" * 5000 + b"</a>" * 5000),
    ("file_size", b"<a>" + b"<b/>" * 40_000 + b"</a>"),
    ("file_size", b"<a " + b" ".join(b'a%d="1"' % n for n in range(101)) + b"/>"),
    ("file_doctype", b"<!DOCTYPE a><a/>"),
    ("file_doctype", b'<?xml version="1.0"?><!-- x --> <!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
    ("file_instructions", b"<a><?php x ?></a>"),
    ("file_instructions", b"<?xml-stylesheet href='x'?><a/>"),
    ("comment_in_text", b"<a>one<!-- two -->three</a>"),
    ("hidden_characters", "<a>x\u202ey</a>".encode()),
    ("hidden_characters", b"<a b='&#x200b;'/>"),
    ("hidden_characters", "<a/><!-- \u2066 -->".encode()),
]


@pytest.mark.parametrize(("rule", "source"), REFUSED)
def test_xml_that_hides_or_hurts_is_refused(rule: str, source: bytes):
    with pytest.raises(Unusable) as refusal:
        reading.read_xml(source, file="x.bpmn")

    [problem] = refusal.value.problems
    assert (problem.rule, problem.file, problem.severity) == (rule, "x.bpmn", "error")


def test_plain_xml_is_read_with_its_comments_and_a_byte_order_mark():
    root = reading.read_xml(
        b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><a><!-- y --><b/></a>', file="x"
    )

    assert [node.tag for node in root.iter("*")] == ["a", "b"]


def test_an_entity_bomb_is_refused_before_anything_grows():
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e9;</a>'

    with pytest.raises(Unusable, match="DOCTYPE"):
        reading.read_xml(bomb.encode(), file="x")


@pytest.mark.parametrize(
    "source",
    [
        b"{",
        b'{"a": NaN}',
        b'{"a": 1e400}',
        b'{"a": ' + b"9" * 31 + b"}",
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a": "\\u202e"}',
    ],
)
def test_json_that_hides_or_hurts_is_refused(source: bytes):
    with pytest.raises(Unusable):
        reading.read_json(source, file="x.form")


def test_toml_with_a_fault_is_refused_with_its_line():
    with pytest.raises(Unusable, match="line 1"):
        reading.read_toml(b"a = =\n", file="x.toml")
