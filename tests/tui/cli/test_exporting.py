import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from store.errors import ExitCode
from tests.tui.cli.conftest import Leadline

pytestmark = pytest.mark.usefixtures("demo")


def test_json_csv_and_markdown_hold_the_same_items(leadline: Leadline) -> None:
    titles = {item["title"] for item in json.loads(leadline("export", "stage:doing", "--format", "json").out)["items"]}
    rows = list(csv.DictReader(StringIO(leadline("export", "stage:doing", "--format", "csv").out)))
    page = leadline("export", "stage:doing", "--format", "md").out
    assert {row["title"] for row in rows} == titles
    assert len(titles) == 5
    assert all(title in page for title in titles)


def test_a_file_is_written_whole_and_counted(leadline: Leadline, folder: Path) -> None:
    ended = leadline("export", "--format", "csv", "-o", "out.csv")
    assert (ended.code, ended.out) == (0, "")
    assert "items to out.csv" in ended.err
    assert len((folder / "out.csv").read_text(encoding="utf-8").splitlines()) > 30


def test_the_store_itself_is_never_written_over(leadline: Leadline, folder: Path) -> None:
    before = (folder / "leadline.json").read_bytes()
    assert leadline("export", "--format", "csv", "-o", "leadline.json").code == ExitCode.FAILED
    assert (folder / "leadline.json").read_bytes() == before


def test_a_formula_is_defused_unless_raw_is_asked_for(leadline: Leadline) -> None:
    leadline("add", "=1+1 in a title")
    query = ("export", "text:1+1", "--format", "csv")
    assert "\"'=1+1" in leadline(*query).out
    assert '"=1+1' in leadline(*query, "--raw").out


def test_an_unknown_format_is_a_usage_error(leadline: Leadline) -> None:
    assert leadline("export", "--format", "xlsx").code == ExitCode.USAGE
