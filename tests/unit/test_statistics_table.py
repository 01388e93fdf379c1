"""The region-wide statistics: good rows go in, bad ones are told."""

from decimal import Decimal
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from bot.sources.statistics_table import StatisticsRow, read_statistics
from bot.sources.tables import TableError

REGIONS = {"0100000000000", "7700000000000"}


def read(tmp_path: Path, content: str) -> tuple[list[StatisticsRow], list[tuple[int | None, str | None]]]:
    file = tmp_path / "statistics.csv"
    file.write_text(content, encoding="utf-8")
    rows, problems = read_statistics(file, REGIONS)
    return rows, [(problem.row, problem.column) for problem in problems]


def test_good_rows_go_in_and_bad_ones_are_told(tmp_path: Path) -> None:
    rows, problems = read(
        tmp_path,
        "region;year;specialty;rate\n"
        "7700000000000;2025;*;0,62\n"
        "7800000000000;2025;*;0,5\n"
        "7700000000000;1999;*;0,5\n"
        "7700000000000;2025;9.2.7;65\n"
        ";;;\n"
        "7700000000000;2025;09.02.07;0.3\n"
        "7700000000000;2025;09.02.07;0.4\n"
        "7700000000000;;09.02.07;\n",
    )
    assert rows == [
        StatisticsRow("7700000000000", 2025, "*", Decimal("0.62")),
        StatisticsRow("7700000000000", 2025, "09.02.07", Decimal("0.3")),
    ]
    assert problems == [
        (3, "region"),
        (4, "year"),
        (5, "specialty"),
        (5, "rate"),
        (8, "specialty"),
        (9, "year"),
        (9, "rate"),
    ]


def test_a_row_that_was_wrong_takes_nobodys_place(tmp_path: Path) -> None:
    rows, problems = read(
        tmp_path, "region,year,specialty,rate\n7700000000000,2025,*,62\n7700000000000,2025,*,0.62\n"
    )
    assert (len(rows), problems) == (1, [(2, "rate")])


def test_spreadsheet_numbers(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["region", "year", "specialty", "rate"])
    sheet.append([100000000000, 2025.0, "09.02.07", 0.1 + 0.2])
    workbook.save(tmp_path / "statistics.xlsx")
    rows, problems = read_statistics(tmp_path / "statistics.xlsx", REGIONS)
    assert rows == [StatisticsRow("0100000000000", 2025, "09.02.07", Decimal("0.3"))]
    assert problems == []


@pytest.mark.parametrize("column", ["region", "year", "specialty", "rate"])
def test_every_column_is_needed(tmp_path: Path, column: str) -> None:
    header = [name for name in ("region", "year", "specialty", "rate") if name != column]
    with pytest.raises(TableError, match=f"there is no column `{column}`"):
        read(tmp_path, ",".join(header) + "\n")
