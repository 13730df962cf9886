"""One person under two numbers, dossiers that came together, files that are there twice: on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samples import MOTHER, NOON, OFFICER

from kiosk.domain.dossier import Dossier, Paper, PaperState
from kiosk.domain.held import HeldPaper
from kiosk.domain.person import Person
from kiosk.domain.procedure import Component
from kiosk.domain.proxy import Proxy, Standing
from kiosk.domain.scan import StoredFile
from kiosk.services.identities import LINKED, link_old_number, older_dossiers
from kiosk.services.ports import Units

OLD = replace(MOTHER, key="p-old", id_number="012345678")
NEW = replace(MOTHER, key="p-new", id_number="001195000007", old_id_number="012345678")


def a_dossier(n: int, owner: object = NEW, **changes: object) -> Dossier:
    made = Dossier(f"26112310{n:04d}", "1.001193", 1, "Đăng ký khai sinh", "Hộ tịch", MOTHER, [], "lan")
    return replace(made, owner=owner, **changes)  # type: ignore[arg-type]


def test_an_old_number_is_joined_only_when_an_officer_says_so(units: Units) -> None:
    with units() as uow:
        uow.people.save(OLD)
        uow.people.save(replace(NEW, old_id_number=""))
        uow.dossiers.add(a_dossier(1, OLD))
        uow.dossiers.add(a_dossier(2, replace(NEW, old_id_number="")))
        uow.commit()
    with units() as look:
        assert [d.key[-1] for d in look.dossiers.of_person(NEW.id_number)] == ["2"]
        assert [d.key[-1] for d in older_dossiers(look, NEW)] == ["1"]
    link_old_number(units(), NEW, actor=OFFICER, now=NOON)
    with units() as look:
        assert [d.key[-1] for d in look.dossiers.of_person(NEW.id_number)] == ["2", "1"]
        assert [d.key[-1] for d in look.dossiers.of_person(OLD.id_number)] == ["2", "1"]
        known = look.people.by_id_number(OLD.id_number)
        assert known is not None
        assert known.key == NEW.key
        assert older_dossiers(look, known) == []
        assert [e.kind for e in look.events.of("261123100001")] == [LINKED]


def test_a_joined_number_stays_when_the_person_is_saved_without_it(units: Units) -> None:
    with units() as uow:
        uow.people.save(replace(NEW, linked_number="012345678"))
        uow.people.save(replace(NEW, phone="0912000222"))
        uow.commit()
    with units() as look:
        known = look.people.by_id_number(NEW.id_number)
    assert known is not None
    assert (known.phone, known.linked_number) == ("0912000222", "012345678")


def test_a_citizen_entered_by_name_and_number_alone_keeps_what_is_known(units: Units) -> None:
    """As somebody who submits for another: only name and number are typed."""
    whole = replace(NEW, born_on="1995-03-05", sex="Nữ", address="Thôn 2", phone="0912000111", email="a@b.vn")
    with units() as uow:
        uow.people.save(whole)
        uow.people.save(Person(NEW.key, "Nguyễn Thị Ánh Mới", NEW.id_number))
        uow.commit()
    with units() as look:
        known = look.people.by_id_number(NEW.id_number)
    assert known is not None
    assert (known.full_name, known.old_id_number) == ("Nguyễn Thị Ánh Mới", "")
    assert (known.born_on, known.sex, known.address) == ("1995-03-05", "Nữ", "Thôn 2")
    assert (known.phone, known.email) == ("0912000111", "a@b.vn")


def test_dossiers_that_came_together_are_found_by_the_first(units: Units) -> None:
    with units() as uow:
        uow.dossiers.add(a_dossier(1))
        uow.dossiers.add(a_dossier(2, group_key="261123100001"))
        uow.dossiers.add(a_dossier(3))
        uow.dossiers.add(a_dossier(4, group_key="261123100001"))
        uow.commit()
    with units() as look:
        assert [d.key[-1] for d in look.dossiers.of_group("261123100001")] == ["1", "2", "4"]
        assert [d.key[-1] for d in look.dossiers.of_group("261123100003")] == ["3"]


def test_standing_and_source_of_a_paper_come_back_as_they_were(units: Units) -> None:
    held = HeldPaper("261123100001", "tp-3", "Hôn thú", NOON, "ket-hon", "f-3", date(2027, 5, 23), "12/XN")
    paper = Paper(Component("ket-hon", "Hôn thú", database="CSDL"), PaperState.HELD, held=held, asked="mờ")
    proxy = Proxy(Standing.RELATIVE, "12", date(2026, 11, 20), collects=False)
    with units() as uow:
        uow.dossiers.add(a_dossier(1, proxy=proxy, submitter=OLD, papers=[paper]))
        uow.commit()
    with units() as look:
        dossier = look.dossiers.get("261123100001")
    assert (dossier.proxy, dossier.papers) == (proxy, [paper])


def test_files_with_the_same_content_elsewhere(units: Units) -> None:
    with units() as uow:
        for n, (owner, content) in enumerate((("a", "11"), ("b", "11"), ("b", "22"), ("c", "33"))):
            uow.papers.add_file(StoredFile(f"f-{n}", content * 32, 1, "application/pdf", b"k"), owner)
        uow.commit()
    with units() as look:
        assert look.papers.same_files("a") == [("b", "f-1")]
        assert look.papers.same_files("c") == []


def test_a_word_of_middling_frequency_is_found_newest_first(units: Units) -> None:
    with units() as uow:
        for n in range(40):
            name = "Bùi Thị Sen" if n % 2 else "Lê Văn Sơn"
            uow.dossiers.add(a_dossier(n, replace(MOTHER, key=f"p-{n}", full_name=name)))
        uow.commit()
    with units() as look:
        keys = [d.key for d in look.dossiers.search("sen", 30)]
    assert keys == sorted(keys, reverse=True)
    assert len(keys) == 20
