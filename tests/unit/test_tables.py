"""Tables as spreadsheets write them, and what is said when a file is none."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no stubs
import pytest

from bot.sources.table_cells import CellError, count, one_of, rate, text, yes_no
from bot.sources.table_repeats import Seen
from bot.sources.tables import Table, TableError, open_table


def csv_table(tmp_path: Path, content: str | bytes) -> Table:
    file = tmp_path / "table.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_table(file)


def xlsx_file(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(tmp_path / "table.xlsx")
    return tmp_path / "table.xlsx"


def said(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(TableError) as refusal:
        list(csv_table(tmp_path, content).rows())
    return str(refusal.value).removeprefix(str(tmp_path / "table.csv"))


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_whatever_the_spreadsheet_wrote(
        self, tmp_path: Path, encoding: str, delimiter: str, newline: str
    ) -> None:
        lines = [delimiter.join(cells) for cells in (("id", "Резюме"), ("Ёж", "да"))]
        table = csv_table(tmp_path, newline.join(lines).encode(encoding))
        assert table.columns == ("id", "резюме")
        assert list(table.rows()) == [(2, ["Ёж", "да"])]

    def test_a_late_letter_decides_the_encoding(self, tmp_path: Path) -> None:
        content = "id,note\n" + "1,\n" * 500_000 + "2,да\n"
        *_, last = csv_table(tmp_path, content.encode("cp1251")).rows()
        assert last == (500_002, ["2", "да"])

    def test_other_delimiters_may_stand_in_cells(self, tmp_path: Path) -> None:
        table = csv_table(tmp_path, 'id;"a, b, c, d"\n1;"x;\ny"\n2;z\n')
        assert table.columns == ("id", "a, b, c, d")
        assert list(table.rows()) == [(2, ["1", "x;\ny"]), (3, ["2", "z"])]

    def test_rows_are_numbered_as_in_the_sheet_and_blank_ones_skipped(self, tmp_path: Path) -> None:
        table = csv_table(tmp_path, "\n id , a \n1,x\n\n , \n2,y\n")
        assert table.columns == ("id", "a")
        assert list(table.rows()) == [(3, ["1", "x"]), (6, ["2", "y"])]

    def test_short_rows_are_padded_and_blank_cells_beyond_the_header_forgiven(self, tmp_path: Path) -> None:
        assert list(csv_table(tmp_path, "id,a\n1\n2,y, ,\n").rows()) == [(2, ["1", ""]), (3, ["2", "y"])]

    def test_a_table_can_be_read_twice(self, tmp_path: Path) -> None:
        table = csv_table(tmp_path, "id\n1\n")
        assert list(table.rows()) == list(table.rows())

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("", ": the file is empty"),
            ("\n \n", ": the file is empty"),
            (b"\x89PNG\0\0\0", ": expected a table: CSV or XLSX"),
            (b"id\n\x98\n", ": expected text in UTF-8 or Windows-1251"),
            (b"PK\x03\x04 not a workbook", ": cannot be read as XLSX"),
            ("id,a\n1,x,y\n", ", row 2: expected no more cells than the header has"),
            ('id,a\n1,x\n2,"y\n', ", row 3: cannot be read as CSV"),
        ],
    )
    def test_a_file_that_is_no_table(self, tmp_path: Path, content: str | bytes, reason: str) -> None:
        assert said(tmp_path, content).startswith(reason)

    def test_columns_are_found_once(self, tmp_path: Path) -> None:
        table = csv_table(tmp_path, "ID,a,A\n")
        assert table.required("id") == 0
        assert table.position("b") is None
        with pytest.raises(TableError, match="row 1, column `a`: the column stands twice"):
            table.position("a")
        with pytest.raises(TableError, match="there is no column `b`"):
            table.required("b")


class TestXlsx:
    def test_cells_keep_their_types_and_rows_their_numbers(self, tmp_path: Path) -> None:
        file = xlsx_file(tmp_path, [[], ["id", "a", "b"], [1.5, True, None], [], ["x", date(2026, 1, 2), 0]])
        assert list(open_table(file).rows()) == [(3, [1.5, True, ""]), (5, ["x", date(2026, 1, 2), 0.0])]

    def test_content_tells_not_the_name(self, tmp_path: Path) -> None:
        file = xlsx_file(tmp_path, [["id"], ["1"]])
        assert list(open_table(file.rename(tmp_path / "table.csv")).rows()) == [(2, ["1"])]

    def test_a_hidden_sheet_is_passed_over(self, tmp_path: Path) -> None:
        file = xlsx_file(tmp_path, [["hidden"]])
        workbook = openpyxl.load_workbook(file)
        workbook.worksheets[0].sheet_state = "hidden"
        workbook.create_sheet("people").append(["id"])
        workbook.active = 1
        workbook.save(file)
        assert open_table(file).columns == ("id",)

    def test_an_empty_sheet_is_an_empty_file(self, tmp_path: Path) -> None:
        with pytest.raises(TableError, match="the file is empty"):
            open_table(xlsx_file(tmp_path, []))


@pytest.mark.parametrize(("name", "reason"), [("nowhere.csv", "there is no such file"), ("", "regular file")])
def test_a_file_that_cannot_be_opened(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(TableError, match=reason):
        open_table(tmp_path / name)


class TestCells:
    @pytest.mark.parametrize("cell", ["yes", " ДА ", "Yes", "1", 1, 1.0, True])
    def test_yes(self, cell: str | float) -> None:
        assert yes_no(cell) is True

    @pytest.mark.parametrize("cell", ["no", "Нет", "0", 0.0, False])
    def test_no(self, cell: str | float) -> None:
        assert yes_no(cell) is False

    @pytest.mark.parametrize("reader", [yes_no, count, one_of("none")])
    def test_blank_is_not_known(self, reader: Any) -> None:
        assert reader("") is None
        assert reader("  ") is None

    @pytest.mark.parametrize("cell", ["maybe", "2", 2.0, 0.5, date(2026, 1, 1)])
    def test_neither_yes_nor_no(self, cell: Any) -> None:
        with pytest.raises(CellError):
            yes_no(cell)

    def test_one_of_the_words(self) -> None:
        assert one_of("in_field", "none")(" In_Field ") == "in_field"
        with pytest.raises(CellError, match="expected one of in_field, none"):
            one_of("in_field", "none")("other")

    def test_counts(self) -> None:
        assert [count(cell) for cell in ("0", " 12 ", 3, 3.0)] == [0, 12, 3, 3]

    @pytest.mark.parametrize("cell", ["-1", "1.5", 1.5, "many", "٣", True, "9" * 5000])
    def test_no_counts(self, cell: Any) -> None:
        with pytest.raises(CellError):
            count(cell)

    def test_rates_are_exact(self) -> None:
        figures = [str(rate(cell)) for cell in ("0,3", " 0.30 ", 0.3, 0.1 + 0.2, 1, "0", 1e-05)]
        assert figures == ["0.3", "0.30", "0.3", "0.3", "1", "0", "0.00001"]

    @pytest.mark.parametrize(
        "cell", ["", "30", 30, "30%", "-0.1", "nan", float("nan"), "1.0001", True, "1_0"]
    )
    def test_no_rates(self, cell: Any) -> None:
        with pytest.raises(CellError, match="from 0 to 1"):
            rate(cell)

    def test_text_of_numbers(self) -> None:
        assert [text(cell) for cell in (1.0, 7, 1.5, " a ")] == ["1", "7", "1.5", "a"]


def test_what_was_not_seen_is_hardly_ever_suspected() -> None:
    seen = Seen()
    keys = [f"person {number}" for number in range(20_000)]
    assert sum(seen.before(key) for key in keys) < 5
    assert all(seen.before(key) for key in keys)
