"""Each slot has a font, rare characters have a fallback, and what is missing is told."""

import shutil
from pathlib import Path

import pytest

from documents import fonts


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Leaves only the fonts in the folders given."""

    def leave(*folders: Path) -> fonts.FontSet:
        monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", folders)
        monkeypatch.setattr(fonts, "FANDOL_FOLDERS", ())
        fonts.search_fonts.cache_clear()
        return fonts.find_fonts()

    yield leave
    monkeypatch.undo()
    fonts.search_fonts.cache_clear()


def noto() -> Path:
    """Where Debian keeps Noto CJK."""
    folder = Path("/usr/share/fonts/opentype/noto")
    if not (folder / "NotoSerifCJK-Regular.ttc").exists():
        pytest.skip("fonts-noto-cjk is not installed")
    return folder


def test_every_slot_has_a_font_here() -> None:
    report = fonts.report()
    assert [slot for slot, _ in report.slots] == ["仿宋", "标宋", "楷体", "黑体"]
    assert report.unprintable == () and not [each for each in report.problems if "没有字体" in each]


def test_a_machine_with_only_noto_prints_everything(only) -> None:  # type: ignore[no-untyped-def]
    found = only(noto())
    assert {font.family for _, font in found.slots if font} == {"Noto Serif CJK SC", "Noto Sans CJK SC"}
    assert fonts.unprintable(fonts.NAME_CHARACTERS) == []


def test_a_machine_without_fonts_says_so(only, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    only(tmp_path)
    report = fonts.report()
    assert report.unprintable and any("fonts-noto-cjk" in problem for problem in report.problems)


def test_the_offices_own_font_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    candidate = next(
        (font for _, font in fonts.find_fonts().slots if font and font.path.suffix != ".ttc"), None
    )
    if candidate is None:
        pytest.skip("no font file that is not a collection")
    (tmp_path / "fonts").mkdir()
    shutil.copy(candidate.path, tmp_path / "fonts" / "方正仿宋.otf")
    monkeypatch.setenv("MEDIATION_INSTANCE", str(tmp_path))
    own = dict(fonts.find_fonts().slots)["fangsong"]
    assert own is not None and own.path.name == "方正仿宋.otf" and own.by_file
    assert fonts.list_font_files() >= {own.path.as_uri()}


def test_each_character_is_named_once_in_order() -> None:
    assert fonts.unprintable("甲\ue001乙\ue000丙\ue001") == ["\ue001", "\ue000"]
    assert fonts.unprintable("䶮𬭎㛃阿不来提·阿不都热西提 Nguyễn Thị ①㎡") == []


def test_text_is_never_thickened_by_machine() -> None:
    for slot in ("fangsong", "kai", "hei"):
        assert not fonts.is_bold(slot)
