"""`motcua voice screens`, `make-screens`: the clips that explain the kiosk's screens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import frame, show


def add_to(voice: typer.Typer) -> None:
    voice.command("screens")(screens)
    voice.command("make-screens")(make_screens)


def screens() -> None:
    """Kiểm tra lời hướng dẫn của máy lấy số: mỗi màn hình, mỗi tiếng có tệp nào, hay nói thay bằng tiếng Việt."""
    from ui.app import Paths, data_root
    from ui.audio.errors import VoiceDamagedError
    from ui.audio.screens import SCREENS, ScreenClips, damaged
    from ui.ticketing.words import languages

    if wrong := damaged():
        raise VoiceDamagedError(folder="clips/screens", problem=", ".join(wrong))
    folder = Paths(data_root(frame.data)).languages
    clips, spoken = ScreenClips(folder), languages(folder)
    rows = [(code, clips.find(screen, code)) for code in spoken for screen in SCREENS]
    told = [
        {"language": code, "screen": r.screen, "speaks": r.language, "file": str(r.file), "problem": r.problem}
        for code, r in rows
    ]
    instead = {code: [r.screen for own, r in rows if own == code and r.language != code] for code in spoken}
    lines = [
        f"{code} ({words.language}): {len(SCREENS) - len(instead[code])}/{len(SCREENS)} màn hình có tệp riêng"
        + (f"; nói thay bằng tiếng Việt: {', '.join(instead[code])}" if instead[code] else "")
        for code, words in spoken.items()
    ]
    lines += [r.problem for _code, r in rows if r.problem]
    show({"ok": True, "screens": len(SCREENS), "clips": told, "instead": instead}, "\n".join(lines))


def make_screens(out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")]) -> None:
    """Tạo lại lời hướng dẫn tiếng Việt và tiếng Anh bằng espeak-ng (chỉ cần khi đóng gói chương trình)."""
    from ui.audio.make_screens import make_screen_clips
    from ui.audio.screens import SPOKEN

    seconds = round(make_screen_clips(out), 1)
    clips = sum(map(len, SPOKEN.values()))
    show({"ok": True, "folder": str(out), "clips": clips, "seconds": seconds}, f"{out}: {seconds} giây")
