"""Every call that makes a finding gives the words of its code's texts, each of them and no other."""

from __future__ import annotations

from tests.codes_page import fields
from tests.support.finding_calls import finding_calls
from workbook.codes import CODES

CALLS = tuple(finding_calls())


def test_each_call_names_a_code() -> None:
    assert len(CALLS) > 250
    assert not [call.at for call in CALLS if not call.codes]


def test_each_word_of_a_text_is_given() -> None:
    for call in CALLS:
        for code in call.codes:
            assert set(fields(CODES[code])) <= call.words, (call.at, code)


def test_each_word_that_is_given_is_one_of_a_text() -> None:
    for call in CALLS:
        known = {word for code in call.codes for word in fields(CODES[code])}
        assert call.written <= known, (call.at, call.codes)


def test_each_code_is_found_somewhere() -> None:
    assert CODES.keys() - {code for call in CALLS for code in call.codes} == set()
