"""Labels that forms print before a value, folded, and what may follow each. Kinds of papers name some of them anew.

Sources of the wording: Circulars 04/2020/TT-BTP (civil status), 17/2012/TT-BYT and 22/2025/TT-BYT (birth notification),
66/2023/TT-BCA (residence), 10/2024/TT-BTNMT (land certificate).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """name: of the field, "" for a label that only ends the value before it; starts: folded; kind: what follows.

    bare: the value may follow without a colon.
    """

    name: str
    starts: tuple[str, ...]
    kind: str = "text"
    bare: bool = False


LABELS: tuple[Label, ...] = (
    Label(
        "mother_name",
        (
            "ho chu dem ten nguoi me",
            "ho chu dem ten me",
            "ho va ten me hoac nguoi nuoi duong",
            "ho va ten me nguoi nuoi duong",
            "ho va ten me",
            "ho ten me",
        ),
        "name",
    ),
    Label("father_name", ("ho chu dem ten nguoi cha", "ho chu dem ten cha", "ho va ten cha", "ho ten cha"), "name"),
    Label("wife_name", ("ho chu dem ten ben nu", "ho chu dem ten vo", "ho va ten vo"), "name"),
    Label("husband_name", ("ho chu dem ten ben nam", "ho chu dem ten chong", "ho va ten chong"), "name"),
    Label("child_name", ("du dinh dat ten con la", "ten du kien cua tre", "ho va ten con"), "name", bare=True),
    Label(
        "deceased_name",
        (
            "ho va ten nguoi tu vong",
            "ho chu dem ten nguoi chet",
            "ho va ten nguoi chet",
            "ho va ten nguoi da chet",
            "toi khai tu cho",
        ),
        "name",
    ),
    Label("agent_name", ("nguoi duoc uy quyen",), "name"),
    Label(
        "full_name",
        (
            "ho chu dem ten nguoi yeu cau",
            "ho chu dem va ten khai sinh",
            "ho chu dem va ten",
            "ho va ten nguoi ke khai",
            "ho va ten nguoi khai",
            "ho chu dem ten",
            "ho va ten",
            "ho ten",
            "ten toi la",
            "toi ten la",
            "toi la",
            "ten nguoi su dung dat",
            "tiep nhan ho so cua",
            "ho so cua",
            "nguoi uy quyen",
            "ong ba",
            "ten",
        ),
        "name",
    ),
    Label(
        "",  # of other people, not of the one whom the paper is about
        (
            "de nghi cua ong ba",
            "ho chu dem va ten chu ho",
            "ho va ten chu ho",
            "ho chu dem ten nguoi di khai sinh",
            "ho va ten nguoi di khai sinh",
            "so dinh danh ca nhan cua chu ho",
            "ngay cap",
            "ngay hen tra",
            "ngay nhan",
            "tri gia",
            "ngay dang ky",
        ),
    ),
    Label("issued_on", ("ngay thang nam dang ky",), "date"),
    Label(
        "died_on",
        (
            "da chet vao luc",
            "da tu vong luc",
            "da tu vong hoi",
            "da chet hoi",
            "chet vao luc",
            "chet hoi",
            "da chet ngay",
            "chet ngay",
        ),
        "date",
        bare=True,
    ),
    Label("born_on", ("da sinh con vao luc", "thoi diem tre sinh ra"), "date"),
    Label("born_on", ("ngay thang nam sinh", "ngay sinh", "sinh ngay"), "date", bare=True),
    Label("birth_place", ("noi sinh", "noi tre sinh ra")),
    Label("sex", ("gioi tinh cua con", "gioi tinh tre", "gioi tinh"), "sex"),
    Label(
        "id_number",
        (
            "so dinh danh ca nhan can cuoc",
            "so dinh danh ca nhan",
            "so dinh danh",
            "so cmnd ho chieu so dinh danh",
            "so cmnd cccd ho chieu",
            "giay cmnd the can cuoc ho chieu so",
            "giay cmnd hoac cccd so",
            "giay to nhan than phap nhan",
            "giay cmnd ho chieu",
            "giay to tuy than",
            "so cmnd cccd",
            "so cccd cmnd",
            "so cccd can cuoc",
            "so cmnd",
            "so cccd",
            "cccd so",
            "so can cuoc",
            "so ddcn",
            "so no",
            "cccd",
        ),
        "id",
    ),
    Label("phone", ("so dien thoai lien he", "dien thoai lien he", "so dien thoai", "dien thoai", "dt"), "phone"),
    Label(
        "address",
        (
            "noi cu tru cuoi cung",
            "noi cu tru",
            "noi thuong tru tam tru",
            "noi thuong tru",
            "dia chi thuong tru",
            "ho khau thuong tru",
            "hien dang cu tru tai",
            "hien dang cu tru",
            "dia chi",
        ),
    ),
    Label("parcel", ("thua dat so",), "number", bare=True),
    Label("map_sheet", ("to ban do so",), "number", bare=True),
    Label("addressee", ("kinh gui",)),
    Label(
        "",
        (
            "dan toc",
            "quoc tich",
            "ton giao",
            "noi cap",
            "cap ngay",
            "sinh nam",
            "nam sinh",
            "email",
            "hop thu dien tu",
            "can nang",
            "quan he voi chu ho",
            "tuoi thai",
            "dien tich",
            "ghi bang chu",
            "bang chu",
            "que quan",
            "nguyen nhan",
            "tai",
        ),
    ),
)

# A heading, or a sentence, from which on a label speaks of somebody else; "" : of nobody that is asked for.
SECTIONS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "birth-declaration": {"de nghi": {"full_name": "child_name", "born_on": "", "id_number": "", "sex": ""}},
    "death-declaration": {
        "de nghi": {"full_name": "deceased_name", "born_on": "", "id_number": "", "address": ""},
    },
    "single-status-declaration": {"de nghi cap": {"full_name": "", "address": "", "id_number": ""}},
    "declaration": {"de nghi": {"full_name": "", "born_on": "", "id_number": ""}},
    "marriage-declaration": {"ben nam": {"full_name": "husband_name"}, "ben nu": {"full_name": "wife_name"}},
    "authorisation": {
        "i ben uy quyen": {},
        "ben uy quyen": {},
        "ii ben duoc uy quyen": {"full_name": "agent_name", "id_number": "", "phone": "", "address": ""},
        "ben duoc uy quyen": {"full_name": "agent_name", "id_number": "", "phone": "", "address": ""},
        "nguoi duoc uy quyen": {"id_number": "", "phone": ""},
    },
    "residence-declaration": {
        "ii thong tin ve nguoi co thay doi": {"full_name": "", "born_on": "", "sex": "", "id_number": ""}
    },
}

# What a kind of paper calls a field. "": it is not its own.
CALLED: Mapping[str, Mapping[str, str]] = {
    "death-extract": {"full_name": "deceased_name", "born_on": "", "sex": "", "address": ""},
    "death-notification": {"full_name": "deceased_name", "born_on": "", "sex": "", "address": ""},
    "land-certificate": {"full_name": "holder", "id_number": "", "address": "", "born_on": ""},
    "marriage-certificate": {"born_on": "", "id_number": "", "address": "", "full_name": ""},
    "marriage-declaration": {"born_on": "", "id_number": "", "address": ""},
    "birth-notification": {"address": "", "full_name": ""},
    "birth-certificate": {"address": ""},
    "birth-declaration": {"born_on": "", "sex": ""},
    "authorisation": {"born_on": ""},
    "receipt-slip": {"born_on": ""},
}

# Labels that mean a field on one kind of paper only: kind -> labels before all others.
OWN: Mapping[str, tuple[Label, ...]] = {
    "land-certificate": (Label("full_name", ("ho ong", "ong", "ba"), "name", bare=True),),
    "birth-notification": (Label("", ("sinh ngay", "ngay thang nam sinh")),),
}
