"""The codes of the country's regions."""

import csv
from pathlib import Path


def read_region_codes(file: Path) -> frozenset[str]:
    """From a directory with a column `code`, of 13 digits."""
    with file.open(encoding="utf-8", newline="") as rows:
        return frozenset(row["code"] for row in csv.DictReader(rows))
