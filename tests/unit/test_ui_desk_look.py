"""Themes, zoom and density: what the keys choose, what is kept, and that every colour reads on its ground."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ui_fakes import Remember

from kiosk.config import ConfigError, keep_look, read_config
from ui.desk.look_presenter import LookPresenter
from ui.tasks import run_now
from ui.theme import sheet
from ui.theme.look import ZOOMS, Look
from ui.theme.tokens import THEMES, Palette, contrast

NORMAL, HIGH = 4.5, 7.0
PAINTED = [  # text on ground, as the delegates of lists and pages paint them
    *((text, ground) for text in ("ink", "ink_2") for ground in ("surface", "sunken", "ground")),
    *(("ink", ground) for ground in ("accent_soft",)),
    *((tone, f"{tone}_soft") for tone in ("good", "warn", "bad", "info")),
    *(("surface", tone) for tone in ("good", "warn", "bad", "info", "edge")),
    ("accent", "surface"),
    ("bad", "surface"),
]
GROUNDS_OF_PLAIN_TEXT = ("ground", "surface")


def pairs_of_the_sheet() -> set[tuple[str, str]]:
    """Every text colour of the style sheet with the ground that its own rule gives it, or else every plain ground."""
    found = set()
    for rule in re.findall(r"\{([^}]*)\}", sheet._SHEET.template.replace("${radius}", "10")):
        text = re.search(r"(?<![-\w])color: \$(\w+)", rule)
        ground = re.search(r"background: \$(\w+)", rule)
        if text:
            found |= {(text[1], g) for g in ([ground[1]] if ground else GROUNDS_OF_PLAIN_TEXT)}
    return found - {("on_accent", g) for g in GROUNDS_OF_PLAIN_TEXT}  # stands on the accent only: a key cap, a label


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_reads_on_its_ground(theme: str) -> None:
    palette: Palette = THEMES[theme]
    wanted = HIGH if theme == "contrast" else NORMAL
    pairs = pairs_of_the_sheet() | set(PAINTED) | {("on_accent", "accent"), ("on_accent", "accent_deep")}
    assert len(pairs) > 30
    poor = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(*(str(getattr(palette, name)) for name in pair))) < wanted
    }
    assert poor == {}


def test_no_part_of_the_desk_paints_with_one_themes_colours() -> None:
    folders = (Path(sheet.__file__).parents[1] / name for name in ("desk", "widgets"))
    fixed = [
        file.name
        for folder in folders
        for file in folder.glob("*.py")
        if re.search(r"\bLIGHT\b|QColor\(\"#", file.read_text(encoding="utf-8"))
    ]
    assert fixed == []


class Desk:
    def __init__(self, kept: Look | None = None) -> None:
        self.view, self.kept = Remember(), kept or Look()
        self.presenter = LookPresenter(self.view, self.kept, self._keep, run_now)

    def _keep(self, chosen: Look) -> None:
        self.kept = chosen


def test_one_key_goes_round_the_themes_and_each_is_kept() -> None:
    desk = Desk()
    seen = []
    for _ in THEMES:
        desk.presenter.on_theme()
        seen.append((desk.view.last("show_look").theme, desk.kept.theme))
    assert seen == [("dark", "dark"), ("contrast", "contrast"), ("light", "light")]
    assert desk.view.all("say")[1][1] == "Tương phản cao."


def test_the_zoom_stops_at_its_ends_and_goes_back_to_a_hundred() -> None:
    desk = Desk()
    for _ in range(len(ZOOMS) + 2):
        desk.presenter.on_larger()
    assert desk.kept.zoom == 200
    desk.presenter.on_smaller()
    assert desk.kept.zoom == 175
    desk.presenter.on_usual_size()
    assert desk.kept.zoom == 100
    desk.presenter.on_smaller()
    assert desk.kept.zoom == 100


def test_a_desk_opens_as_it_was_left() -> None:
    desk = Desk(Look("dark", 150, compact=True))
    desk.presenter.open()
    assert desk.view.last("show_look") == Look("dark", 150, compact=True)
    desk.presenter.on_density()
    assert desk.kept == Look("dark", 150)


def test_a_desk_with_the_usual_look_is_not_dressed_twice() -> None:
    desk = Desk()
    desk.presenter.open()
    assert desk.view.all("show_look") == []


def test_the_look_is_written_into_the_stations_settings_and_nothing_else_changes(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# của quầy 1\n[station]\ncounter = "2"\nzoom = 110\n\n[pairing]\nport = 2000\n', encoding="utf-8")
    keep_look(file, "dark", 150, compact=True)
    keep_look(file, "contrast", 200, compact=False)
    station = read_config(file).station
    assert (station.theme, station.zoom, station.compact, station.counter) == ("contrast", 200, False, "2")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# của quầy 1\n")
    assert text.count("zoom") == text.count("theme") == 1
    assert read_config(file).pairing.port == 2000


def test_a_zoom_that_does_not_exist_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[station]\nzoom = 300\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(file)
    assert "station.zoom" in str(caught.value.details["problem"])
