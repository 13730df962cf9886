"""Invented people, places and phrases for made papers. Two stocks: what is measured never shares a phrase with what is
taught."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Nông",
    "Hà",
    "Lò",
    "Vàng",
]
MEN = ["Văn", "Hữu", "Đức", "Minh", "Quốc", "Công", "Đình", "Xuân"]
WOMEN = ["Thị", "Thị", "Ngọc", "Thanh", "Bích", "Kim", "Hồng", "Thu"]
GIVEN = [
    "An",
    "Bình",
    "Chi",
    "Cường",
    "Dũng",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiếu",
    "Hoa",
    "Hòa",
    "Hùng",
    "Hương",
    "Khánh",
    "Lan",
    "Linh",
    "Loan",
    "Long",
    "Mai",
    "Nam",
    "Nga",
    "Nghĩa",
    "Nhung",
    "Oanh",
    "Phúc",
    "Phượng",
    "Quân",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thắng",
    "Thủy",
    "Trang",
    "Tuấn",
    "Tuyết",
    "Uyên",
    "Vân",
    "Việt",
    "Yến",
    "Đạt",
    "Ý",
]
ETHNIC = ("Kinh", "Tày", "Nùng", "Mông", "Dao", "Thái", "Mường", "Khmer")
KIN = ("cha đẻ", "mẹ đẻ", "con", "vợ", "chồng", "ông nội", "cháu")
ROLES = ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "TRƯỞNG PHÒNG")


@dataclass(frozen=True)
class Stock:
    """Words of one side: taught, or kept apart."""

    villages: tuple[str, ...]
    communes: tuple[str, ...]
    provinces: tuple[str, ...]
    hospitals: tuple[str, ...]
    issuers: tuple[str, ...]
    subjects: tuple[str, ...]
    prose: tuple[str, ...]
    addressees: tuple[str, ...]


TAUGHT = Stock(
    ("Thôn Nà Pài", "Bản Chu", "Tổ 4", "Xóm Đình", "Khu phố 2", "Ấp Trung", "Thôn 7", "Thôn Khe Sặn"),
    ("xã Mẫu Sơn", "xã Tân Hưng", "phường Đông Hải", "xã Quỳnh Lưu", "xã Ea Súp", "phường Mỹ Đình", "xã Vĩnh Ô"),
    ("tỉnh Lạng Sơn", "tỉnh Nghệ An", "tỉnh Quảng Trị", "thành phố Hà Nội", "tỉnh Đắk Lắk", "tỉnh Lào Cai"),
    ("Bệnh viện đa khoa tỉnh", "Trung tâm y tế huyện", "Trạm y tế xã", "Bệnh viện Phụ sản", "Bệnh viện Sản - Nhi"),
    ("ỦY BAN NHÂN DÂN XÃ MẪU SƠN", "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "HỘI ĐỒNG NHÂN DÂN XÃ TÂN HƯNG", "SỞ NỘI VỤ"),
    (
        "Về việc phê duyệt kế hoạch sử dụng đất năm 2026",
        "Về việc công nhận hộ thoát nghèo",
        "Về việc kiện toàn Ban chỉ đạo chuyển đổi số",
        "Về việc bổ nhiệm công chức tư pháp - hộ tịch",
        "Về việc tăng cường kỷ luật, kỷ cương hành chính",
    ),
    (
        "các cơ quan, đơn vị có liên quan phối hợp thực hiện theo chức năng, nhiệm vụ được giao",
        "nâng cao chất lượng phục vụ người dân, rút ngắn thời gian giải quyết thủ tục hành chính",
        "giải quyết những khó khăn, vướng mắc phát sinh tại cơ sở theo đúng quy định của pháp luật",
        "Căn cứ tình hình thực tế tại địa phương và nguồn kinh phí được bố trí trong năm",
        "thực hiện công khai, minh bạch kết quả trên trang thông tin điện tử của đơn vị",
        "tuyên truyền, vận động nhân dân tham gia xây dựng nông thôn mới, giữ gìn vệ sinh môi trường",
        "gia đình có hoàn cảnh khó khăn, nhà cửa xuống cấp, không đủ điều kiện sửa chữa",
        "theo dõi, đôn đốc, kiểm tra việc thực hiện và báo cáo kết quả định kỳ hằng quý",
    ),
    ("Các phòng, ban chuyên môn thuộc xã", "Ủy ban nhân dân các xã, phường", "Trưởng các thôn, bản"),
)
APART = Stock(
    ("Thôn Phiêng Quân", "Tổ dân phố 9", "Buôn Ea Nao", "Khóm 3", "Thôn Đồng Mít", "Ấp Bình Hòa"),
    ("xã Phước Thiện", "xã Bát Xát", "phường Hoa Lư", "xã Mường Lống", "phường An Khê", "xã Hòa Bắc"),
    ("tỉnh Ninh Bình", "tỉnh Cà Mau", "thành phố Đà Nẵng", "tỉnh Gia Lai", "tỉnh Tuyên Quang"),
    ("Bệnh viện Hữu nghị đa khoa", "Phòng khám khu vực", "Bệnh viện quân y", "Nhà hộ sinh A"),
    ("ỦY BAN NHÂN DÂN PHƯỜNG HOA LƯ", "SỞ TƯ PHÁP TỈNH NINH BÌNH", "ỦY BAN NHÂN DÂN XÃ BÁT XÁT", "SỞ TÀI CHÍNH"),
    (
        "Về việc điều động viên chức văn thư",
        "Về việc hướng dẫn đăng ký khai sinh lưu động",
        "Về việc phân bổ kinh phí tu bổ đường liên thôn",
        "Về việc chấn chỉnh công tác tiếp công dân",
    ),
    (
        "việc rà soát được tiến hành từ cơ sở, có sự giám sát của Mặt trận Tổ quốc",
        "số liệu tổng hợp cho thấy khối lượng hoàn thành vượt kế hoạch đề ra từ đầu năm",
        "hộ dân đã bàn giao mặt bằng nhưng chưa nhận đủ tiền bồi thường về cây trồng, vật kiến trúc",
        "mương thoát nước trước nhà bị lấp nên mỗi khi mưa lớn nước tràn vào sân, gây hư hại tài sản",
        "bố trí cán bộ trực ngoài giờ để tiếp nhận hồ sơ của người cao tuổi, người khuyết tật",
        "thủ trưởng đơn vị chủ động sắp xếp nhân sự, bảo đảm công việc không bị gián đoạn",
    ),
    ("Phòng Tư pháp các địa phương", "Ban quản lý dự án", "Các trường học trên địa bàn"),
)


@dataclass
class Invented:
    """One paper's values. truth: canonical values by field."""

    rng: Random
    stock: Stock
    truth: dict[str, str] = field(default_factory=dict)

    def pick(self, of: tuple[str, ...] | list[str]) -> str:
        return of[self.rng.randrange(len(of))]

    def digits(self, count: int) -> str:
        return "".join(str(self.rng.randrange(10)) for _ in range(count))

    def day(self, first: int, last: int) -> date:
        start = date(first, 1, 1)
        return start + timedelta(days=self.rng.randrange((date(last, 12, 31) - start).days))

    def of(self, kind: str) -> tuple[str, str]:
        """What is printed for a kind, and its canonical value. A kind in capitals is printed in capitals."""
        made = getattr(self, f"_{kind.lower()}", None)
        printed, value = made() if made is not None else (kind, kind)
        return (printed.upper(), value.upper()) if kind.isupper() else (printed, value)

    def _person(self, middles: list[str]) -> tuple[str, str]:
        name = f"{self.pick(FAMILY)} {self.pick(middles)} {self.pick(GIVEN)}"
        return name, name

    def _name(self) -> tuple[str, str]:
        return self._person(MEN + WOMEN)

    def _man(self) -> tuple[str, str]:
        return self._person(MEN)

    def _woman(self) -> tuple[str, str]:
        return self._person(WOMEN)

    def _dated(self, first: int, last: int, form: str = "") -> tuple[str, str]:
        day = self.day(first, last)
        form = form or self.pick(["%d/%m/%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"])
        return day.strftime(form), day.isoformat()

    def _date(self) -> tuple[str, str]:
        return self._dated(2012, 2026)

    def _born(self) -> tuple[str, str]:
        return self._dated(1945, 2007)

    def _recent(self) -> tuple[str, str]:
        return self._dated(2016, 2026)

    def _future(self) -> tuple[str, str]:
        return self._dated(2028, 2045)

    def _spoken(self) -> tuple[str, str]:
        day = self.day(2018, 2026)
        return f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}", day.isoformat()

    def _clock(self) -> tuple[str, str]:
        text = f"{self.rng.randrange(24):02d} giờ {self.rng.randrange(60):02d} phút"
        return text, text

    def _year(self) -> tuple[str, str]:
        return (year := str(self.rng.randrange(1945, 2006))), year

    def _yyyy(self) -> tuple[str, str]:
        return (year := str(self.rng.randrange(2015, 2027))), year

    def _yy(self) -> tuple[str, str]:
        return (year := f"{self.rng.randrange(15, 27)}"), year

    def _n(self) -> tuple[str, str]:
        return (number := str(self.rng.randrange(1, 3000))), number

    def _few(self) -> tuple[str, str]:
        return (number := str(self.rng.randrange(1, 12))), number

    def _id(self) -> tuple[str, str]:
        start = self.pick(["001", "014", "020", "036", "040", "079", "092"])
        number = f"{start}{self.rng.randrange(4)}{self.digits(8)}"
        return number, number

    def _phone(self) -> tuple[str, str]:
        return (number := "0" + self.pick(["9", "3", "8", "7"]) + self.digits(8)), number

    def _sex(self) -> tuple[str, str]:
        return (sex := self.pick(["Nam", "Nữ"])), sex

    def _ethnic(self) -> tuple[str, str]:
        return (name := self.pick(ETHNIC)), name

    def _kin(self) -> tuple[str, str]:
        return (name := self.pick(KIN)), name

    def _commune(self) -> tuple[str, str]:
        return (name := self.pick(self.stock.communes)), name

    def _province(self) -> tuple[str, str]:
        return (name := self.pick(self.stock.provinces)), name

    def _address(self) -> tuple[str, str]:
        text = f"{self.pick(self.stock.villages)}, {self.pick(self.stock.communes)}, {self.pick(self.stock.provinces)}"
        return text, text

    def _hospital(self) -> tuple[str, str]:
        return (name := self.pick(self.stock.hospitals)), name

    def _issuer(self) -> tuple[str, str]:
        return (name := self.pick(self.stock.issuers)), name

    def _subject(self) -> tuple[str, str]:
        return (text := self.pick(self.stock.subjects)), text

    def _subjectshort(self) -> tuple[str, str]:
        text = self.pick(self.stock.subjects).replace("Về việc", "V/v")
        return text, text

    def _addressee(self) -> tuple[str, str]:
        return (name := self.pick(self.stock.addressees)), name

    def _prose(self) -> tuple[str, str]:
        return (text := self.pick(self.stock.prose)), text

    def _title(self) -> tuple[str, str]:
        return (name := self.pick(ROLES)), name

    def _words(self) -> tuple[str, str]:
        text = self.pick(["ngày mười hai tháng ba năm hai nghìn không trăm hai mươi tư", "một trăm hai mươi mét vuông"])
        return text, text

    def _weight(self) -> tuple[str, str]:
        return (grams := str(self.rng.randrange(24, 42) * 100)), grams

    def _money(self) -> tuple[str, str]:
        return (text := f"{self.rng.randrange(10, 900)}.000"), text

    def _area(self) -> tuple[str, str]:
        return (text := f"{self.rng.randrange(60, 900)},{self.rng.randrange(10)}"), text

    def _parcel(self) -> tuple[str, str]:
        return (number := str(self.rng.randrange(1, 900))), number

    def _sheet(self) -> tuple[str, str]:
        return (number := str(self.rng.randrange(1, 99))), number

    def _serial(self) -> tuple[str, str]:
        letters = self.pick(["A", "B", "C", "D"]) + self.pick(["A", "H", "L", "P", "S", "X"])
        text = f"{letters} {self.digits(6)}"
        return text, text

    def _email(self) -> tuple[str, str]:
        return (text := f"congdan{self.digits(3)}@gmail.com"), text

    def _mrz(self) -> tuple[str, str]:
        return (text := f"IDVNM{self.digits(10)}0{self.digits(11)}<<{self.digits(1)}"), text
