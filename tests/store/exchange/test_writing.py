"""An export reaches its file whole or not at all, and never a store."""

import json
import os
import stat
from pathlib import Path

import pytest

from store.disk import create_store
from store.errors import ExportFailedError
from store.exchange import write_export
from store.models import Settings


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_text_is_in_the_file_and_nothing_is_beside_it(tmp_path: Path) -> None:
    write_export(tmp_path / "out.csv", "größe\n")

    assert (tmp_path / "out.csv").read_bytes() == "größe\n".encode()
    assert left(tmp_path) == ["out.csv"]


def test_a_file_that_is_there_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)

    write_export(path, "new")

    assert path.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_the_store_is_never_written_over_by_any_of_its_names(tmp_path: Path) -> None:
    store = tmp_path / "leadline.json"
    store.write_text("{}", encoding="utf-8")
    (tmp_path / "link.json").symlink_to(store)
    os.link(store, tmp_path / "hard.json")
    (tmp_path / "sub").mkdir()

    for name in ("leadline.json", "link.json", "hard.json", "sub/../leadline.json"):
        with pytest.raises(ExportFailedError, match="is the store itself"):
            write_export(tmp_path / name, "x", store=store)
    assert store.read_text(encoding="utf-8") == "{}"


def test_another_store_is_not_written_over_either(tmp_path: Path) -> None:
    other = create_store(tmp_path / "other.json", Settings())
    before = other.read_bytes()
    laid_out_otherwise = tmp_path / "compact.json"
    laid_out_otherwise.write_text(json.dumps(json.loads(before)), encoding="utf-8")
    for path in (other, laid_out_otherwise):
        with pytest.raises(ExportFailedError, match="is a store of leadline"):
            write_export(path, "x", store=tmp_path / "leadline.json")
    assert other.read_bytes() == before


def test_the_root_of_the_disk_is_a_folder() -> None:
    with pytest.raises(ExportFailedError, match="/ is a folder"):
        write_export(Path("/"), "x")


def test_a_store_that_is_not_there_yet_is_not_written_either(tmp_path: Path) -> None:
    with pytest.raises(ExportFailedError, match="is the store itself"):
        write_export(tmp_path / "leadline.json", "x", store=tmp_path / "leadline.json")
    assert left(tmp_path) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")

    write_export(tmp_path / "link.csv", "new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8") == "new"


def test_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, what in ((".", "a folder"), ("pipe", "not a plain file")):
        with pytest.raises(ExportFailedError, match=what):
            write_export(tmp_path / name, "x")
    assert left(tmp_path) == ["pipe"]


@pytest.mark.parametrize("name", ["no/such/folder.csv", "nul\0.csv", "x" * 300])
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportFailedError, match="was not written"):
        write_export(tmp_path / name, "x")
    assert left(tmp_path) == []


def test_a_failing_replacement_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.csv").write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailedError, match="No space left on device"):
        write_export(tmp_path / "out.csv", "new")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "old"
    assert left(tmp_path) == ["out.csv"]
