"""Files that people send: whatever they hold, there is an answer, and the process lives."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from bot.sources.uploaded_table import Unusable, Uploaded, read_uploaded
from bot.sources.vacancy_table import Repeated

AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
REGION = "1600000000000"
GOOD = "Название;Работодатель;Город\nСварщик;ООО Ромашка;Казань\n"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


async def read(tmp_path: Path, content: bytes | str) -> Uploaded:
    file = tmp_path / "table"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return await read_uploaded(file, frozenset({REGION}), AT, "table:1", REGION)


def workbook(*rows: tuple[str, ...], last: bool = False) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if last:
        book.active.cell(LAST_ROW, LAST_COLUMN, "я")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def letter() -> bytes:
    """An archive that is no workbook."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("letter.txt", "привет")
    return held.getvalue()


def bomb(declared: int | None = None) -> bytes:
    """300 MB in 300 KB; `declared`: what the archive says of itself instead."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (300 << 20))
    content = held.getvalue()
    if declared is not None:
        true = (300 << 20).to_bytes(4, "little")
        content = content.replace(true, declared.to_bytes(4, "little"))
    return content


@pytest.mark.parametrize("content", [GOOD, workbook(("name", "employer"), ("Сварщик", "ООО Ромашка"))])
async def test_csv_and_xlsx_are_told_by_what_they_hold(tmp_path: Path, content: bytes | str) -> None:
    found = await read(tmp_path, content)
    assert found.unusable is None
    (vacancy,) = found.vacancies
    assert (vacancy.name, vacancy.source, vacancy.region) == ("Сварщик", "table:1", REGION)


async def test_bad_rows_are_told(tmp_path: Path) -> None:
    found = await read(tmp_path, GOOD + "Сварщик;ООО Ромашка;Казань\n;ООО;\n")
    assert len(found.vacancies) == 1
    repeated, nameless = found.problems
    assert isinstance(repeated, Repeated)
    assert (repeated.row, repeated.first) == (3, 2)
    assert (nameless.row, nameless.column) == (4, "name")


HOSTILE: dict[str, tuple[bytes | str, Unusable]] = {
    "nothing": (b"", Unusable.NO_TABLE),
    "noise": (bytes(range(256)) * 100, Unusable.NO_TABLE),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Unusable.NO_TABLE),
    "another table": ("имя;группа\nАня;ИСП-21\n", Unusable.NO_COLUMNS),
    "half an archive": (b"PK\x03\x04" + b"\0" * 100, Unusable.BROKEN),
    "an archive of something": (letter(), Unusable.NO_TABLE),
    "a row too wide": (GOOD + "а;б;в;г\n", Unusable.BROKEN),
    "too many rows": ("name;employer\n" + "Сварщик;ООО\n" * 200_000, Unusable.TOO_LONG),
    "a bomb": (bomb(), Unusable.TOO_HEAVY),
    "a bomb that lies": (bomb(declared=1000), Unusable.TOO_HEAVY),
    "the last cell": (workbook(("name", "employer"), last=True), Unusable.TOO_HEAVY),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_table_is_named(tmp_path: Path, name: str) -> None:
    content, unusable = HOSTILE[name]
    found = await read(tmp_path, content)
    assert (found.unusable, found.vacancies) == (unusable, ())
