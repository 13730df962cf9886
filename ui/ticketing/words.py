"""Every text of the kiosk, one table per language. Vietnamese is the language of the office and of whatever a pack
leaves out; a language pack is a TOML file named after its code, with the same keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

import structlog

from kiosk.domain.waiting import LONGEST_SPELL_MIN, SHORT_MIN

DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class Words:
    """language: its own name, as on the button that changes to it; days: seven names, Monday first, apart by "|"."""

    language: str = "Tiếng Việt"
    days: str = "|".join(DAYS)
    what: str = "Ông/bà cần làm việc gì?"
    what_one: str = "Mời ông/bà lấy số"
    touch: str = "Chạm vào một ô để lấy số"
    priority_first: str = "Thuộc diện ưu tiên? Chạm một ô dưới đây trước"
    priority_short: str = "Ưu tiên? Chạm ô ở dưới trước"
    priority_is: str = "Ưu tiên: {who}"
    help: str = "Gọi cán\N{NO-BREAK SPACE}bộ"
    helped: str = "Đã báo cán bộ."
    helped_fix: str = "Mời ông/bà đợi ở đây một lát."
    trouble_fix: str = "Mời ông/bà gọi cán bộ hỗ trợ."
    no_wait: str = "Không phải chờ"
    waiting: str = "{count} người đang chờ"
    waiting_short: str = "{count} đang chờ"
    about: str = "khoảng {first}–{last} phút"
    about_short: str = "{first}–{last} phút"
    about_under: str = "dưới {last} phút"
    about_over: str = "trên {last} phút"
    wait_only: str = "Chờ {about}"
    full: str = "Hôm nay hết số"
    full_fix: str = "Nhóm này hôm nay đã hết số. Mời ông/bà đến ngày làm việc sau hoặc gọi cán bộ."
    taken: str = "Đã lấy số"
    your_number: str = "Số của ông/bà"
    next_one: str = "Ông/bà là người tiếp theo"
    ahead: str = "Còn {count} người phía trước"
    many_at: str = "Lúc {time} có {count} người chờ"
    wait: str = "Chờ khoảng {first}–{last} phút"
    wait_under: str = "Chờ dưới {last} phút"
    wait_over: str = "Chờ lâu: quay lại sau {time}"
    done: str = "Xong"
    take_paper: str = "Mời ông/bà nhận phiếu"
    printing: str = "Phiếu đang in ở khe bên dưới."
    printed: str = "Giữ phiếu và chờ gọi số trên màn hình."
    no_paper: str = "Không có phiếu: hãy giữ số này"
    no_paper_fix: str = "Số vẫn có hiệu lực. Hãy nhớ số hoặc chụp ảnh màn hình."
    still_there: str = "Ông/bà còn ở đây không?"
    wiped_in: str = "Màn hình sẽ xóa và về đầu sau {seconds}\N{NO-BREAK SPACE}giây."
    more_time: str = "Tôi cần thêm thời gian"
    end_now: str = "Kết thúc"
    closed: str = "Ngoài giờ lấy số"
    come_back: str = "Mời ông/bà trở lại lúc"
    opens: str = "{time} {day}, {date}"
    closed_fix: str = "Cần giúp, mời chạm “Gọi cán bộ”."
    back: str = "Về màn hình đầu"
    lookup: str = "Tra cứu · Có hẹn"
    found: str = "Hồ sơ của ông/bà"
    lookup_how: str = "Nhập mã 12 số trên giấy tiếp nhận, mã hẹn 6 số, hoặc đưa mã vạch vào đầu đọc"
    erase: str = "Xóa"
    search: str = "Xem"
    dossier: str = "Hồ sơ {code}"
    owner: str = "Người nộp: {name}"
    due: str = "Hẹn trả kết quả"
    due_moved: str = "Hẹn trả kết quả (ngày trên giấy: {date})"
    no_due: str = "Chưa có ngày hẹn"
    steps: str = "Đã tiếp nhận|Đang giải quyết|Đã có kết quả|Đã trả kết quả"
    supplement: str = "Hồ sơ cần bổ sung giấy tờ"
    supplement_fix: str = "Mời ông/bà lấy số và gặp cán bộ."
    ended: str = "Hồ sơ đã dừng"
    ended_fix: str = "Mời ông/bà gặp cán bộ để biết lý do."
    ready: str = "Đã có kết quả"
    ready_fix: str = "Mời ông/bà lấy số để nhận kết quả."
    too_often: str = "Đã tra cứu quá nhiều lần"
    too_often_fix: str = "Mời ông/bà đợi một phút rồi thử lại, hoặc gọi cán bộ."
    papers: str = "Giấy tờ cần mang"
    papers_what: str = "Xem giấy tờ của việc gì?"
    papers_touch: str = "Chạm vào một ô để xem danh sách"
    choose_procedure: str = "Chọn thủ tục"
    earlier: str = "Trước"
    later: str = "Sau"
    page: str = "Trang {page}/{pages}"
    original: str = "bản chính: {count}"
    copy: str = "bản sao: {count}"
    no_papers: str = "Danh mục chưa ghi giấy tờ của thủ tục này. Mời ông/bà hỏi cán bộ."
    special_cases: str = "Trường hợp riêng có thể cần thêm giấy tờ: cán bộ sẽ hướng dẫn."
    take_number: str = "Lấy số: {group}"
    take_one: str = "Chạm để lấy số"
    low: str = "Màn hình thấp"
    high: str = "Màn hình cao"
    contrast: str = "Tương phản cao"
    plain: str = "Màu thường"
    staff: str = "Dành cho cán bộ"
    staff_code: str = "Nhập mã cán bộ của máy này"
    staff_enter: str = "Vào"
    wrong_code: str = "Mã chưa đúng"
    measure: str = "Chỉnh cỡ màn hình"
    measure_how: str = "Áp một thẻ ngân hàng hoặc thẻ căn cước vào khung, chạm − hoặc + đến khi khung vừa khít thẻ"
    save: str = "Lưu"
    measured: str = "Đã lưu cỡ màn hình"
    measured_fix: str = "Các ô bấm nay đúng kích thước thật."
    more: str = "Mục khác"
    listen: str = "Nghe hướng dẫn"
    listen_short: str = "Nghe"
    no_sound: str = "Máy này chưa có loa"
    card_key: str = "Lấy số bằng thẻ"
    card_title: str = "Đưa mã QR vào đầu đọc"
    card_2021: str = "Thẻ từ 2021: mặt\N{NO-BREAK SPACE}trước"
    card_2024: str = "Thẻ từ 7/2024: mặt\N{NO-BREAK SPACE}sau"
    card_private: str = "Máy chỉ cho số, không lưu gì trên thẻ."
    coming: str = "Cán bộ đang đến"
    coming_fix: str = "Mời ông/bà ở lại chỗ này."
    code_bad: str = "Mã này không lấy được số"
    code_bad_fix: str = "Đưa thẻ căn cước hoặc giấy tiếp nhận, hoặc chạm vào một ô."
    booked_bad: str = "Mã hẹn này không lấy được số"
    booked_bad_fix: str = "Xem lại mã và ngày hẹn, hoặc hỏi cán bộ. Vẫn lấy được số thường."
    receipt_bad: str = "Không tìm thấy hồ sơ của giấy này"
    code_again: str = "Đã lấy số với thẻ hoặc giấy này"
    code_again_fix: str = "Mời ông/bà nhấc thẻ hoặc giấy ra khỏi đầu đọc."
    fewer: str = "Ưu tiên"
    stopped_unpaired: str = "Máy này chưa được ghép vào văn phòng"
    stopped_revoked: str = "Máy này đã bị ngắt khỏi văn phòng"
    stopped_doubtful: str = "Máy này có thể trùng với một máy khác"
    stopped_moved: str = "Ổ đĩa này vốn của một máy khác"
    stopped_set_back: str = "Dữ liệu của máy này cũ hơn phiếu đã in"
    stopped_fix: str = "Ghép lại bằng mã trên màn hình quầy để lấy số được như cũ."
    spare_how: str = (
        "Chưa ghép được? Chọn một chữ mà hôm nay chưa máy nào in, chỉ sau khi chắc không còn máy nào trùng."
    )
    spare_key: str = "Dùng chữ {letter}"
    spare_done: str = "Máy cấp số trở lại, với chữ mới"
    spare_done_fix: str = "Nhớ ghép lại máy này khi văn phòng có kết nối."

    def stopped_why(self, why: str) -> str:
        """why: a value of `kiosk.domain.membership.Stop`."""
        return str(getattr(self, f"stopped_{why.replace('-', '_')}"))

    def opens_at(self, at: datetime) -> str:
        day = self.days.split("|")[at.weekday()]
        return self.opens.format(time=f"{at:%H:%M}", day=day, date=f"{at:%d/%m/%Y}")

    def line_waiting(self, count: int | None, wait: tuple[int, int] | None) -> tuple[str, ...]:
        """What may be said of a line, the fullest first, as there is room. wait: minutes of who comes now."""
        nobody = count == 0 and (wait is None or wait[1] <= SHORT_MIN)
        if nobody or (count is None and wait is None):
            return (self.no_wait if nobody else " ",)
        people = () if not count else (self.waiting.format(count=count), self.waiting_short.format(count=count))
        if wait is None:
            return people
        about, short = self._about(self.about, *wait), self._about(self.about_short, *wait)
        alone = (self.wait_only.format(about=about), self.wait_only.format(about=short), short[0].upper() + short[1:])
        return (*(f"{one} · {about}" for one in people), *alone)

    def _about(self, words: str, first: int, last: int) -> str:
        if first >= LONGEST_SPELL_MIN:
            return self.about_over.format(last=LONGEST_SPELL_MIN)
        return self.about_under.format(last=last) if first == 0 else words.format(first=first, last=last)

    def people_ahead(self, count: int | None, many_at: tuple[int, datetime] | None = None) -> str:
        """many_at: how many waited when the office was last heard, for a count that nobody can tell now."""
        if count is None:
            return "" if many_at is None else self.many_at.format(count=many_at[0], time=f"{many_at[1]:%H:%M}")
        return self.next_one if count == 0 else self.ahead.format(count=count)

    def wait_told(self, minutes: tuple[int, int] | None, back_at: datetime | None) -> str:
        """ "" while nothing is known."""
        if minutes is None:
            return ""
        if back_at is not None:
            return self.wait_over.format(time=f"{back_at:%H:%M}")
        first, last = minutes
        return self.wait_under.format(last=last) if first == 0 else self.wait.format(first=first, last=last)


VI = Words()
EN = Words(
    language="English",
    days="Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    what="What do you need?",
    what_one="Please take a number",
    touch="Touch a box to get a number",
    priority_first="Entitled to priority? Touch a box below first",
    priority_short="Priority? Touch below first",
    priority_is="Priority: {who}",
    help="Call staff",
    helped="Staff have been called.",
    helped_fix="Please wait here for a moment.",
    trouble_fix="Please call staff.",
    no_wait="No waiting",
    waiting="{count} waiting",
    waiting_short="{count} waiting",
    about="about {first}–{last} min",
    about_short="{first}–{last} min",
    about_under="under {last} min",
    about_over="over {last} min",
    wait_only="Wait {about}",
    full="Full today",
    full_fix="No numbers are left in this group today. Please come on the next working day or call staff.",
    taken="Your number is ready",
    your_number="Your number",
    next_one="You are next",
    ahead="{count} ahead of you",
    many_at="{count} were waiting at {time}",
    stopped_unpaired="This machine belongs to no office yet",
    stopped_revoked="This machine was shut out of the office",
    stopped_doubtful="This machine may be the double of another",
    stopped_moved="This disk belongs to another machine",
    stopped_set_back="This machine's data is older than its papers",
    stopped_fix="Pair it again with the code on a desk's screen.",
    spare_how="Cannot pair it now? Choose a letter that no machine has printed today, once no double is running.",
    spare_key="Use letter {letter}",
    spare_done="Numbers are given again, with another letter",
    spare_done_fix="Remember to pair this machine when the office answers.",
    wait="Wait about {first}–{last} minutes",
    wait_under="Wait under {last} minutes",
    wait_over="Long wait: come back after {time}",
    done="Done",
    take_paper="Please take your ticket",
    printing="It is being printed below.",
    printed="Keep it and wait for your number on the screen.",
    no_paper="No ticket: please keep this number",
    no_paper_fix="Your number is valid. Remember it or take a photo of the screen.",
    still_there="Are you still there?",
    wiped_in="The screen is cleared in {seconds} seconds.",
    more_time="I need more time",
    end_now="Finish",
    closed="Closed now",
    come_back="Please come back at",
    opens="{time} {day}, {date}",
    closed_fix="For help, touch “Call staff”.",
    back="Back to start",
    lookup="Find · Booked",
    found="Your dossier",
    lookup_how="Enter the 12 digits of your receipt, the 6 of your appointment, or hold a code under the scanner",
    erase="Erase",
    search="Show",
    dossier="Dossier {code}",
    owner="Applicant: {name}",
    due="Result due",
    due_moved="Result due (date on your paper: {date})",
    no_due="No date yet",
    steps="Received|In progress|Result ready|Handed over",
    supplement="More papers are needed",
    supplement_fix="Please take a number and see an officer.",
    ended="The dossier was closed",
    ended_fix="Please ask an officer for the reason.",
    ready="The result is ready",
    ready_fix="Please take a number to collect it.",
    too_often="Too many look-ups",
    too_often_fix="Please wait one minute and try again, or call staff.",
    papers="Papers to bring",
    papers_what="Papers for what?",
    papers_touch="Touch a box to see the list",
    choose_procedure="Choose a procedure",
    earlier="Before",
    later="Next",
    page="Page {page}/{pages}",
    original="original: {count}",
    copy="copy: {count}",
    no_papers="The catalogue lists no papers for this procedure. Please ask an officer.",
    special_cases="Some cases need more papers: an officer will tell you.",
    take_number="Get a number: {group}",
    take_one="Touch to get a number",
    low="Low screen",
    high="Full screen",
    contrast="High contrast",
    plain="Plain colours",
    staff="For staff",
    staff_code="Enter this machine's staff code",
    staff_enter="Enter",
    wrong_code="Wrong code",
    measure="Size of the screen",
    measure_how="Hold a bank card or identity card into the frame and touch − or + until the frame fits the card",
    save="Save",
    measured="The size is stored",
    measured_fix="All keys now have their true size.",
    more="More",
    listen="Listen",
    listen_short="Listen",
    no_sound="This machine has no loudspeaker",
    card_key="Use my card",
    card_title="Hold the QR code to the reader",
    card_2021="Since 2021: on the front",
    card_2024="Since July 2024: on the back",
    card_private="You only get a number; nothing on the card is kept.",
    coming="An officer is coming",
    coming_fix="Please stay here.",
    code_bad="This code gives no number",
    code_bad_fix="Use your identity card or a receipt, or touch a box.",
    booked_bad="This appointment code gives no number",
    booked_bad_fix="Check the code and the day, or ask an officer. Ordinary numbers are given.",
    receipt_bad="No dossier was found for this receipt",
    code_again="This card or receipt has its number",
    code_again_fix="Please take it away from the reader.",
    fewer="Priority",
)

LANGUAGES: Mapping[str, Words] = {"vi": VI, "en": EN}


def languages(folder: Path) -> dict[str, Words]:
    """The shipped languages, then the packs of a folder (`tay.toml`, …), by code. A pack that cannot be read is left
    out and logged: a kiosk must open in the morning whatever was copied into it."""
    found = dict(LANGUAGES)
    for file in sorted(folder.glob("*.toml")):
        try:
            found[file.stem] = read_pack(file)
        except (OSError, ValueError) as wrong:
            structlog.get_logger().warning("kiosk.language_pack", file=file.name, problem=str(wrong))
    return found


def read_pack(file: Path) -> Words:
    """One language. Raises: OSError; ValueError for wrong TOML, an unknown key, a text with other placeholders."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    known = {f.name for f in fields(Words)}
    for key, text in table.items():
        if key not in known or not isinstance(text, str):
            raise ValueError(f"{key}: unknown key or not a text")
        if _holes(text) != _holes(getattr(VI, key)) or text.count("|") != str(getattr(VI, key)).count("|"):
            raise ValueError(f"{key}: placeholders differ")
    if "language" not in table:
        raise ValueError("language: missing")
    return Words(**table)


def _holes(text: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(text) if name}
