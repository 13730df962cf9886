"""What the kiosk says about each of its screens: one recorded clip a screen and language, no synthesiser at the office.

Looked for in the data directory first (`languages/CODE/SCREEN.wav`), then among the shipped clips, then in Vietnamese.
"""

from __future__ import annotations

import hashlib
import io
import json
import wave
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from ui.audio.sound import RATE, WIDTH, NotAClipError, Sound, parse_clip

HOME = "vi"
SHIPPED_CLIPS = Path(__file__).parent / "clips" / "screens"
MANIFEST = "manifest.json"
HALF_RATE = RATE // 2  # the shipped clips: half the size, and speech loses little
LONGEST_S = 15.0

SCREENS: Mapping[str, str] = {
    "start": "Chạm vào một ô để lấy số. Hoặc đưa thẻ căn cước vào đầu đọc.",
    "number": "Đây là số của ông bà. Mời nhận phiếu, rồi đợi gọi số.",
    "no-paper": "Không có phiếu. Xin nhớ số này, hoặc chụp ảnh màn hình.",
    "closed": "Máy đang ngoài giờ. Mời ông bà trở lại vào giờ ghi trên màn hình.",
    "lookup": "Nhập mười hai số trên giấy tiếp nhận, rồi chạm Xem.",
    "progress": "Màn hình cho biết hồ sơ đến bước nào, và ngày hẹn trả.",
    "fields": "Chạm vào một ô, để xem giấy tờ cần mang.",
    "procedures": "Chạm vào tên thủ tục. Chạm Sau để xem thêm.",
    "papers": "Đây là giấy tờ cần mang. Chạm ô dưới cùng để lấy số.",
    "card": "Đưa mã vuông trên thẻ căn cước vào đầu đọc, để lấy số.",
    "staff": "Trang này dành cho cán bộ. Chạm Về màn hình đầu.",
    "still": "Ông bà còn ở đây không? Chạm ô trên, nếu cần thêm thời gian.",
}

ENGLISH: Mapping[str, str] = {
    "start": "Touch a box to get a number. Or hold your identity card to the reader.",
    "number": "This is your number. Please take your ticket, and wait until it is called.",
    "no-paper": "There is no ticket. Please remember this number, or take a photo of the screen.",
    "closed": "We are closed now. Please come back at the time on the screen.",
    "lookup": "Enter the twelve digits of your receipt, then touch Show.",
    "progress": "The screen tells how far your dossier is, and when the result is due.",
    "fields": "Touch a box, to see the papers to bring.",
    "procedures": "Touch the name of a procedure. Touch Next to see more.",
    "papers": "These are the papers to bring. Touch the last box to get a number.",
    "card": "Hold the square code of your identity card to the reader, to get a number.",
    "staff": "This page is for staff. Touch Back to start.",
    "still": "Are you still there? Touch the upper box, if you need more time.",
}
SPOKEN: Mapping[str, Mapping[str, str]] = {HOME: SCREENS, "en": ENGLISH}  # the shipped languages


def read_screen_clip(file: Path) -> Sound:
    """A clip of 22.05 or 11.025 kHz, 16 bit, mono. Raises: NotAClipError."""
    try:
        content = file.read_bytes()
        with wave.open(io.BytesIO(content), "rb") as reader:
            form = (reader.getframerate(), reader.getnchannels(), reader.getsampwidth())
            pcm = reader.readframes(reader.getnframes())
    except OSError:
        raise NotAClipError(file=file.name, problem="không đọc được tệp") from None
    except (wave.Error, EOFError) as wrong:
        raise NotAClipError(file=file.name, problem=f"không phải WAV ({wrong})") from None
    sound = Sound(_doubled(pcm)) if form == (HALF_RATE, 1, WIDTH) else parse_clip(content, file.name)
    if not 0.3 <= sound.seconds <= LONGEST_S:
        raise NotAClipError(file=file.name, problem=f"dài {sound.seconds:.1f} giây, cần 0,3 đến {LONGEST_S:.0f}")
    return sound


def _doubled(pcm: bytes) -> bytes:
    """Twice the rate: between two samples their mean."""
    told = array("h", pcm)
    made = array("h", bytes(2 * len(pcm)))
    made[0::2] = told
    made[1::2] = array("h", [(a + b) // 2 for a, b in zip(told, [*told[1:], told[-1]], strict=True)])
    return made.tobytes()


@dataclass(frozen=True)
class Spoken:
    """What one screen says in one language. language: whose clip it is; file: None when even Vietnamese has none."""

    screen: str
    language: str
    file: Path | None
    problem: str = ""


class ScreenClips:
    """own: folder of the office's languages."""

    def __init__(self, own: Path, shipped: Path = SHIPPED_CLIPS) -> None:
        self._own, self._shipped = own, shipped
        self._told: set[tuple[str, str]] = set()

    def sound(self, screen: str, language: str) -> Sound | None:
        """None when nothing usable is there. A screen that speaks another language than asked is logged once."""
        found = self.find(screen, language)
        if found.language != language and (screen, language) not in self._told:
            self._told.add((screen, language))
            log = structlog.get_logger()
            log.warning("kiosk.clip_missing", screen=screen, language=language, instead=found.language)
        return read_screen_clip(found.file) if found.file is not None else None

    def find(self, screen: str, language: str) -> Spoken:
        """The first clip that can be used, and what is wrong with those before it."""
        problems: list[str] = []
        for speaks in dict.fromkeys((language, HOME)):
            for folder in (self._own, self._shipped):
                file = folder / speaks / f"{screen}.wav"
                if not file.is_file():
                    continue
                try:
                    read_screen_clip(file)
                except NotAClipError as wrong:
                    problems.append(f"{speaks}/{file.name}: {wrong.details['problem']}")
                    continue
                return Spoken(screen, speaks, file, "; ".join(problems))
        return Spoken(screen, "", None, "; ".join(problems))

    def all(self, languages: Sequence[str]) -> list[Spoken]:
        """Every screen in every language, in this order."""
        return [self.find(screen, language) for language in languages for screen in SCREENS]


def damaged(shipped: Path = SHIPPED_CLIPS) -> list[str]:
    """Shipped clips, as "vi/start", that are missing, were changed, or say something else than the screens' texts; []
    when all are whole."""
    return [f"{language}/{name}" for language in SPOKEN for name in _damaged(shipped / language, SPOKEN[language])]


def _damaged(folder: Path, texts: Mapping[str, str]) -> list[str]:
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["screens"]
    except (OSError, ValueError, KeyError):
        return [MANIFEST]
    return [screen for screen, text in texts.items() if told.get(screen) != seal_of(folder, screen, text)]


def seal_of(folder: Path, screen: str, text: str) -> dict[str, str]:
    """The line of the manifest for a clip as it lies there."""
    try:
        content = (folder / f"{screen}.wav").read_bytes()
    except OSError:
        content = b""
    return {"text": text, "sha256": hashlib.sha256(content).hexdigest()}
