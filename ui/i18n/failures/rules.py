"""Linked steps, results on the spot, the register's year, dossiers of other agencies."""

from __future__ import annotations

from ui.i18n.failures.text import Text

TEXTS: dict[str, Text] = {
    "dossier.steps_open": Text(
        "Thủ tục liên thông còn bước chưa xong: {steps}.",
        "Ghi kết quả hoặc từ chối từng bước (motcua dossier step); bước cuối xong thì cả hồ sơ xong.",
        "Steps of this linked procedure are open: {steps}.",
        "Record each step's result; the whole is done with the last of them.",
    ),
    "dossier.step_too_early": Text(
        "Chưa đến bước “{step}”.",
        "Chờ kết quả của bước: {before}.",
        "It is not this step's turn ({step}).",
        "It waits for: {before}.",
    ),
}
