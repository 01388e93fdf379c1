"""Foreign texts come out plain: no markup, no control characters, no contacts of persons."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.plain_text import MARK, PlainText

PLAIN = PlainText(["тел", "телефон", "звоните"])
LIMIT = 400

MARKUP = """
< > </ <p> <b <script> </script> <!-- --> <![CDATA[ ]]> &lt; &amp; &gt; &#60; &#x3c; &amp;lt; & # ; lt
' " = / <br/> +7 8 (999) 123 -45-67 9991234567 hr @ mail.ru t.me/hr тел . …
"""
PIECES = st.sampled_from([*MARKUP.split(), " ", "\n", "\0", "\ud800", "\u200b"])
HOSTILE = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("<p>Осмотр и <b>ремонт</b>.</p><p>Учёт</p>", "Осмотр и ремонт.\n\nУчёт"),
        ("Один<br>Два<br/>Три", "Один\nДва\nТри"),
        ("<ul><li>Один</li>\n\n\n<li>Два</ul>", "Один\n\nДва"),
        ("<td>Один</td><td>Два</td>", "Один Два"),
        ("А<script>alert('x')</script>Б<style>p {}</style>В", "АБВ"),
        ("А<SCRIPT>alert(1)", "А"),
        ("А<!-- примечание -->Б", "АБ"),
        ("&laquo;Ромашка&raquo;&nbsp;&amp; К&deg;&#8470;1", "«Ромашка» & К°№1"),
        ("&lt;img src=x onerror=alert(1)&gt;А", "А"),
        ("&amp;lt;b&amp;gt;А", "А"),
        ("5 < 6, а 7 > 6 & 1<2", "5 < 6, а 7 > 6 & 1<2"),
        ('<a href="tel:+79991234567" onclick="x">Позвонить', "Позвонить"),
        ("<a title='x", "a title='x"),
        ("А\0Б\x07В\u200bГ\u202eД\ud800Е\ufeff", "АБВГДЕ"),
        ("  А \t Б\u00a0В  \r\n\r\n\r\n\r\n Г", "А Б В\n\nГ"),
        ("А<![x[Б]]>В", "А![x[Б]]В"),
        ("&#" + "1" * 5000 + ";А", "#" + "1" * (LIMIT - 2) + MARK),
    ],
)
def test_markup_becomes_text(source: str, plain: str) -> None:
    assert PLAIN.lines(source, LIMIT) == plain


CONTACTS = """
+7 (999) 123-45-67
8-999-123-45-67
89991234567
+79991234567
9991234567
8 (48439) 5-67-89
(495) 123-45-67
495 123-45-67
2-34-56
123-45-67
тел. 234567
звоните: 23 45 67
8\u00a0999\u2011123\u201145\u201167
+7<b>999</b>1234567
+375 29 123 45 67
８９９９１２３４５６７
hr@mail.ru
ivanova.anna+hr@sub.example.org
почта@пример.рф
hr @ mail.ru
hr(at)mail.ru
hr＠mail.ru
https://t.me/anna_hr
wa.me/79991234567
https://vk.com/id1
@anna_hr
tg://resolve?domain=anna
"""

NO_CONTACTS = """
Оклад от 60 000 до 80 000 руб.
60000-80000
ГОСТ 12345-2001
Код 09.02.07
ИНН 7700000001
ОГРН 1147700000001
2026-08-24
24.08.2026
08.01.2026-09.01.2026
С 8:00 до 17:00
график 5/2, 8 часов
125040, г Москва, д. 1
Сайт example.org
7 100 000-120 000
1 000 000 - 1 200 000
Напряжение 6-10 кВ
"""


@pytest.mark.parametrize("contact", CONTACTS.strip().split("\n"))
def test_contacts_of_persons_are_left_out(contact: str) -> None:
    assert PLAIN.lines(f"Писать: {contact}, отдел кадров", LIMIT) == f"Писать: {MARK}, отдел кадров"
    assert PLAIN.line(f"Сварщик {contact}", LIMIT) == f"Сварщик {MARK}"


@pytest.mark.parametrize("text", NO_CONTACTS.strip().split("\n"))
def test_other_numbers_stay(text: str) -> None:
    assert PLAIN.lines(text, LIMIT) == text


def test_a_number_is_not_put_together_over_what_was_left_out() -> None:
    assert PLAIN.line("8 999 (hr@mail.ru) 1234567", LIMIT) == f"8 999 ({MARK}) 1234567"


def test_short_numbers_are_known_by_the_word_before_them() -> None:
    assert PlainText().line("тел. 234567", LIMIT) == "тел. 234567"
    assert PLAIN.line("отель 234567", LIMIT) == "отель 234567"


def test_a_long_text_is_cut_between_words() -> None:
    cut = PLAIN.lines("слово " * 100, 50)
    assert cut == "слово " * 7 + "слово" + MARK
    assert PLAIN.lines("а" * 100, 50) == "а" * 49 + MARK


def test_one_line() -> None:
    assert PLAIN.line("<p>Один</p>\n<p>Два</p>", LIMIT) == "Один Два"


@settings(max_examples=400, deadline=None)
@given(HOSTILE, st.integers(2, 60))
def test_whatever_comes_is_plain_afterwards(source: str, limit: int) -> None:
    for clean in (PLAIN.lines, PLAIN.line):
        plain = clean(source, limit)
        assert len(plain) <= limit
        assert not re.search(r"<[A-Za-z/!?]", plain)
        assert not re.search(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e]", plain)
        assert not re.search(r"\w@\w+\.\w|(?<!\d)9\d{9}(?!\d)", plain)
        assert clean(plain, limit) == plain
    assert "\n" not in PLAIN.line(source, limit)


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "<!-->",
        "<![CDATA[>",
        "&amp;",
        "</",
        "<a b='>",
        "a.",
        "a@",
        "9991234567",
        "8 (",
        "тел 1 ",
        "<?>",
    ],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    """A bound far above what it takes, and far below what it took before unclosed tags were left out."""
    begun = time.process_time()
    PLAIN.lines(piece * 5_000, 4_000)
    assert time.process_time() - begun < 0.5
