from pathlib import Path

from store.errors import ExitCode
from tests.tui.cli.conftest import Leadline
from tui.cli.demo import demo_workbench, temporary_demo


def test_keep_writes_a_store_that_other_commands_read(leadline: Leadline, folder: Path) -> None:
    ended = leadline("demo", "--keep", "demo.json")
    assert (ended.code, ended.out) == (0, "demo.json\n")
    assert leadline("--store", "demo.json", "check").code == 0
    assert len(leadline("--store", "demo.json", "list", "is:any").lines) > 60
    assert (folder / "demo.json").is_file()


def test_keep_never_writes_over_a_file(leadline: Leadline, folder: Path) -> None:
    (folder / "demo.json").write_text("precious", encoding="utf-8")
    assert leadline("demo", "--keep", "demo.json").code == ExitCode.NOT_SAVED
    assert (folder / "demo.json").read_text(encoding="utf-8") == "precious"


def test_a_name_that_is_too_long_is_refused_in_a_sentence(leadline: Leadline) -> None:
    ended = leadline("demo", "--keep", "x" * 300)
    assert ended.code == ExitCode.NOT_SAVED
    assert "was not written" in ended.err


def test_the_temporary_copy_belongs_to_its_lead_and_is_gone_afterwards() -> None:
    with temporary_demo() as path:
        assert demo_workbench(path).by == "ana"
        assert path.is_file()
    assert not path.parent.exists()
