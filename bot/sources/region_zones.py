"""Which time zone a region's people live by."""

import csv
from pathlib import Path

from bot.domain.quiet import RegionZones


def read_region_zones(file: Path, default: str) -> RegionZones:
    """The shipped table: a region's code, the usual zone of its capital. `default`: without a region."""
    with file.open(encoding="utf-8", newline="") as rows:
        return RegionZones(default, {row["region"]: row["zone"] for row in csv.DictReader(rows)})
