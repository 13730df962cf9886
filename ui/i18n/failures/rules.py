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
    "dossier.extra_paper": Text(
        "Giấy tờ “{paper}” không có trong danh mục của thủ tục.",
        "Bỏ giấy tờ này, hoặc ghi căn cứ pháp lý (văn bản, điều) cho phép yêu cầu nó.",
        "“{paper}” is no paper of this procedure.",
        "Leave it out, or give the legal basis for asking for it.",
    ),
    "dossier.known_paper": Text(
        "Giấy tờ “{paper}” đã có trong danh mục của thủ tục ({component}).",
        "Ghi vào mục giấy tờ của thủ tục, không ghi là giấy tờ ngoài danh mục.",
        "“{paper}” is in the catalogue already ({component}).",
        "Note it among the procedure's papers.",
    ),
    "dossier.not_on_the_spot": Text(
        "Thủ tục “{procedure}” phải có giấy hẹn, không phải loại giải quyết ngay.",
        "Tiếp nhận như thường lệ (motcua dossier receive); có kết quả thì trả sau.",
        "“{procedure}” needs a receipt; it is not solved on the spot.",
        "Receive it as usual.",
    ),
    "register.closed": Text(
        "Sổ theo dõi hồ sơ năm {year} đã khóa: {count} hồ sơ, số cuối {last}.",
        "Hồ sơ của năm sau ghi vào sổ năm sau. Khóa nhầm: lãnh đạo mở lại, có lý do "
        "(motcua print register --year {year} --reopen --reason …).",
        "The register of {year} is closed: {count} dossiers, last number {last}.",
        "The head may open it again with a reason.",
    ),
    "register.open": Text(
        "Sổ theo dõi hồ sơ năm {year} đang mở.",
        "Không phải mở lại; cứ tiếp nhận hồ sơ.",
        "The register of {year} is open.",
        "There is nothing to open again.",
    ),
    "register.still_receiving": Text(
        "Chưa khóa được sổ năm {year}: hôm nay còn tiếp nhận đến {until}.",
        "Khóa sổ sau {until}, khi đã tiếp nhận hồ sơ cuối cùng của năm.",
        "The desk takes dossiers in until {until} today.",
        "Close the register of {year} after that.",
    ),
    "register.reopen_reason": Text(
        "Chưa ghi lý do mở lại sổ.",
        "Ghi lý do (--reason): sổ in ra có ghi lý do, ngày và người mở.",
        "A closed register is opened again only with a reason.",
        "Give the reason; the book shows it.",
    ),
    "register.year_not_over": Text(
        "Chưa khóa được sổ năm {year}: năm chưa hết.",
        "Khóa sổ từ ngày 31/12/{year}, sau khi tiếp nhận hồ sơ cuối cùng của năm.",
        "The year {year} is not over.",
        "Close its register on 31 December or later.",
    ),
    "dossier.step_too_early": Text(
        "Chưa đến bước “{step}”.",
        "Chờ kết quả của bước: {before}.",
        "It is not this step's turn ({step}).",
        "It waits for: {before}.",
    ),
}
