"""The body of an answer: records, or a named error."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.trudvsem.faults import Fault, SourceError
from bot.sources.trudvsem.page import LONGEST_BODY, read_page


def body(results: Any, **meta: Any) -> bytes:
    return json.dumps({"status": "200", "meta": meta, "results": results}).encode()


def fault_of(content: bytes) -> Fault:
    with pytest.raises(SourceError) as caught:
        read_page(content)
    return caught.value.fault


def test_records_come_as_they_are() -> None:
    page = read_page(body({"vacancies": [{"vacancy": {"id": "1"}}, {"vacancy": None}, 5]}, total=2))
    assert (page.records, page.total) == (({"id": "1"}, None, 5), 2)


@pytest.mark.parametrize("results", [{}, [], {"vacancies": []}, {"other": 1}])
def test_an_empty_result_has_many_shapes(results: Any) -> None:
    page = read_page(body(results, total=0))
    assert (page.records, page.total) == ((), 0)


def test_the_empty_answer_of_the_logs() -> None:
    file = Path(__file__).parent / "data" / "trudvsem_empty_response.json"
    assert read_page(file.read_bytes()).records == ()


@pytest.mark.parametrize(
    ("raw", "total"),
    [
        (7, 7),
        ("7", 7),
        (" 7 ", 7),
        (0, 0),
        (-1, None),
        ("many", None),
        (True, None),
        (None, None),
        (7.5, None),
        ("9" * 50, None),
        ([], None),
    ],
)
def test_the_total_is_a_number_or_a_string(raw: Any, total: int | None) -> None:
    assert read_page(body({}, total=raw)).total == total


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<html><body>502 Bad Gateway</body></html>", Fault.NOT_JSON),
        ("Технические работы".encode(), Fault.NOT_JSON),
        ('{"name": "Работа"}'.encode("cp1251"), Fault.NOT_JSON),
        (b'{"a": 1, b}', Fault.NOT_JSON),
        (b"[" * 100_000 + b"]" * 100_000, Fault.NOT_JSON),
        (b'{"total": ' + b"1" * 5000 + b"}", Fault.NOT_JSON),
        (b"", Fault.TRUNCATED),
        (b" \n", Fault.TRUNCATED),
        (b'{"results": {"vacancies": [{"vacancy": {"id": "5c', Fault.TRUNCATED),
        (b'{"results": {"vacancies": [{"vacancy": {}}', Fault.TRUNCATED),
        ('{"results": "Работа'.encode()[:-1], Fault.TRUNCATED),
        (b"[]", Fault.WRONG_SHAPE),
        (b"{}", Fault.WRONG_SHAPE),
        (b'{"meta": {"total": 5}}', Fault.WRONG_SHAPE),
        (body("none"), Fault.WRONG_SHAPE),
        (body(None), Fault.WRONG_SHAPE),
        (body([{"vacancy": {}}]), Fault.WRONG_SHAPE),
        (body({"vacancies": {"vacancy": {}}}), Fault.WRONG_SHAPE),
        (body({"vacancies": None}), Fault.WRONG_SHAPE),
        (b" " * (LONGEST_BODY + 1), Fault.TOO_LARGE),
    ],
)
def test_what_is_wrong_has_a_name(content: bytes, fault: Fault) -> None:
    assert fault_of(content) is fault


def test_a_mark_before_the_text_is_forgiven() -> None:
    assert read_page(b"\xef\xbb\xbf" + body({"vacancies": [1]})).records == (1,)


WHOLE = body({"vacancies": [{"vacancy": {"job-name": "Сварщик"}}]}, total=1)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_part_of_an_answer_is_never_taken_for_one(length: int) -> None:
    assert fault_of(WHOLE[:length]) is Fault.TRUNCATED


@given(st.binary(max_size=60))
def test_whatever_comes_has_a_name(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^[a-z_]+: ."):
        read_page(content)
