"""`motcua voice …`: the hall's voice: what it is made of, whether it is whole, and how a call sounds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.audio.errors import VoiceDamagedError, VoiceFolderError
from ui.audio.folder import examine
from ui.audio.folder import seal as seal_folder
from ui.audio.voice import MANIFEST, SHIPPED, Voice, load_voice
from ui.audio.words import CHIME, units_of
from ui.cli.console import frame, show

voice_app = typer.Typer(help="Giọng đọc gọi số ở phòng chờ.", rich_markup_mode=None)

SHOWN = 12  # flaws at a time

AccentName = Literal["north", "south"]
Folder = Annotated[Path | None, typer.Argument(help="Thư mục bản ghi âm; bỏ trống: giọng đang dùng theo cấu hình.")]
AccentOption = Annotated[AccentName, typer.Option("--accent", help="Cách đọc: north (Bắc) hoặc south (Nam).")]


def register(app: typer.Typer) -> None:
    from ui.cli.voice_screens import add_to

    add_to(voice_app)
    app.add_typer(voice_app, name="voice")


def _configured() -> Voice:
    """The voice that the display of this machine would use. Raises: ConfigError, VoiceDamagedError."""
    from kiosk.config import read_config
    from ui.app import Paths, data_root

    settings = read_config(Paths(data_root(frame.data)).config).display
    folder = Path(settings.recordings).expanduser() if settings.recordings else SHIPPED / settings.accent
    return load_voice(folder)


@voice_app.command("list")
def list_units(accent: AccentOption = "north") -> None:
    """Các đơn vị cần ghi âm, theo thứ tự trong kịch bản."""
    units = units_of(accent)
    lines = [f"{unit}.wav\t{words}" for unit, words in units.items()]
    data = {"accent": accent, "units": [{"unit": unit, "words": words} for unit, words in units.items()]}
    show(data, "\n".join([*lines, f"{CHIME}.wav\t(chuông báo; không có thì dùng chuông sẵn có)"]))


@voice_app.command("check")
def check(folder: Folder = None, accent: AccentOption = "north") -> None:
    """Kiểm tra một giọng đọc: đủ đơn vị, đúng định dạng, đủ to, chưa bị thay đổi."""
    if folder is not None and not (folder / MANIFEST).is_file():
        flaws = examine(folder, accent)
        if flaws:
            more = f" (và {len(flaws) - SHOWN} lỗi khác)" if len(flaws) > SHOWN else ""
            raise VoiceDamagedError(folder=folder, problem="; ".join(flaws[:SHOWN]) + more)
        fine = {"ok": True, "sealed": False, "units": len(units_of(accent))}
        show(fine, f"Bản ghi dùng được. Chạy tiếp: motcua voice seal {folder}")
        return
    voice = load_voice(folder) if folder is not None else _configured()
    seconds = round(sum(clip.seconds for clip in voice.clips.values()), 1)
    data = {"ok": True, "sealed": True, "name": voice.name, "accent": voice.accent.code, "units": len(voice.clips)}
    show({**data, "seconds": seconds}, f"Giọng {voice.name}: {len(voice.clips)} đơn vị, {seconds} giây, nguyên vẹn.")


@voice_app.command("say")
def say(
    number: Annotated[str, typer.Argument(help="Số thứ tự, ví dụ A012.")],
    counter: Annotated[str, typer.Option("--counter", help="Tên hoặc số quầy, ví dụ 3 hoặc “Quầy 3”.")],
    out: Annotated[Path, typer.Option("--out", help="Tệp WAV sẽ ghi.")],
) -> None:
    """Ghi một lời gọi ra tệp WAV, đúng như loa sẽ phát: chuông, rồi đọc hai lần."""
    voice = _configured()
    phrases = voice.phrases(number, counter)
    announced = voice.announce(number, counter)
    try:
        out.write_bytes(announced.sound.wav())
    except OSError:
        raise VoiceFolderError(folder=out) from None
    words = units_of(voice.accent.code)
    spoken = ", ".join(" ".join(words.get(unit, unit) for unit in phrase) for phrase in phrases)
    data = {"file": str(out), "units": [unit for phrase in phrases for unit in phrase], "words": spoken}
    show(
        {**data, "seconds": round(announced.sound.seconds, 2)},
        f"{spoken}. ({announced.sound.seconds:.1f} giây) → {out}",
    )


@voice_app.command("seal")
def seal(
    folder: Annotated[Path, typer.Argument(help="Thư mục bản ghi âm.")],
    accent: AccentOption = "north",
    name: Annotated[str, typer.Option("--name", help="Tên của giọng đọc.")] = "",
    speaker: Annotated[str, typer.Option("--speaker", help="Ai đọc, máy nào ghi.")] = "",
) -> None:
    """Kiểm tra thư mục bản ghi âm rồi ghi mã kiểm tra của từng tệp; sau đó màn hình mới dùng."""
    manifest = seal_folder(folder, accent, name or folder.resolve().name, speaker)
    data = {"ok": True, "folder": str(folder), "units": len(manifest.units)}
    show(data, f'Đã chốt {len(manifest.units)} tệp. Đặt trong config.toml: [display] recordings = "{folder}"')


@voice_app.command("make")
def make(
    out: Annotated[Path, typer.Option("--out", help="Thư mục sẽ ghi.")],
    accent: AccentOption = "north",
) -> None:
    """Tạo lại giọng máy bằng espeak-ng (chỉ cần khi đóng gói chương trình)."""
    from ui.audio.make import make_voice

    manifest = make_voice(out, accent)
    seconds = round(sum(clip.ms for clip in manifest.units.values()) / 1000, 1)
    show({"ok": True, "folder": str(out), "units": len(manifest.units), "seconds": seconds}, f"{out}: {seconds} giây")
