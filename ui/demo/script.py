"""What the people of the sample office do. Every act can be repeated, so a desk that is killed half-way goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.clock import business_day, office_now
from kiosk.domain.dossier import Dossier, PaperState
from kiosk.domain.event import Actor
from kiosk.domain.life import DossierState
from kiosk.domain.person import Person
from kiosk.domain.procedure import Component, Procedure
from kiosk.domain.ticket import QueueEmptyError, Ticket, TicketState
from kiosk.errors import NotFoundError
from kiosk.identity import read_payload
from kiosk.services import queueing
from kiosk.services.reception import Intake, PaperMark, receive_dossier, request_supplement
from ui.app import OpenedOffice
from ui.demo.card import card_picture
from ui.demo.people import Citizen
from ui.demo.sample_papers import SamplePaper, sample_paper
from ui.papers import keep_file

COUNTER = "1"
REASON = "Người nộp chưa mang đủ giấy tờ theo danh mục thành phần hồ sơ."
BASIS = "Danh mục thành phần hồ sơ của thủ tục đã công bố."


@dataclass
class SampleDesk:
    """One counter of the sample office. folder: where the sample papers and scans are put."""

    office: OpenedOffice
    visitors: list[Citizen]
    folder: Path

    @property
    def _actor(self) -> Actor:
        return self.office.at_counter(COUNTER)

    def take_numbers(self) -> list[Ticket]:
        """Every visitor touches the kiosk once."""
        return [self._take_number(n, visitor) for n, visitor in enumerate(self.visitors)]

    def _take_number(self, n: int, visitor: Citizen) -> Ticket:
        return queueing.issue_ticket(
            self.office.units(),
            self.office.facts,
            visitor.group,
            actor=Actor("", "kiosk-1"),
            now=office_now(),
            touch=f"demo-{n}",
            priority=visitor.priority,
        )

    def call(self) -> Ticket | None:
        """The ticket at the counter, or the next one; None when nobody waits any more."""
        with self.office.reads() as look:
            active = look.tickets.active_at(COUNTER)
        if active is None:
            try:
                active = queueing.call_next(
                    self.office.units(), self.office.facts, COUNTER, actor=self._actor, now=office_now()
                )
            except QueueEmptyError:
                return None
        if active.state is TicketState.CALLED:
            active = queueing.serve(self.office.units(), active.key, actor=self._actor, now=office_now())
        return active

    def visitor_of(self, ticket: Ticket) -> tuple[int, Citizen]:
        n = int(ticket.touch.removeprefix("demo-"))
        return n, self.visitors[n]

    def read_card(self, visitor: Citizen) -> Person:
        """The citizen lays the card under the camera; its code is read from the picture."""
        from scanner.codes import read_codes
        from scanner.pictures import picture_page

        codes = read_codes(picture_page(card_picture(visitor.card), "thẻ căn cước").grey())
        if not codes:
            raise NotFoundError(what="mã trên thẻ", key=visitor.name)
        fields = read_payload(codes[0].text).fields
        return Person(
            key=fields.id_number or "",
            full_name=fields.full_name or "",
            id_number=fields.id_number or "",
            born_on=fields.born_on or "",
            sex=fields.sex or "",
            address=fields.address or "",
            phone=visitor.phone,
            source="cccd-qr",
        )

    def serve(self, ticket: Ticket) -> Dossier:
        """Card, papers, receipt; a visitor who forgot a paper gets a supplement slip and comes back with it."""
        n, visitor = self.visitor_of(ticket)
        draft = f"demo-draft-{n}"
        procedure = self._procedure(visitor)
        person = self.read_card(visitor)
        wanted = [c for c in procedure.papers() if c.required]
        forgotten = wanted[visitor.forgets] if visitor.forgets is not None and wanted else None
        for component in wanted:
            if component is not forgotten:
                self._scan(n, visitor, component, draft)
        if forgotten is not None:
            self._send_away(draft, procedure, person, ticket, [c for c in wanted if c is not forgotten])
            self._scan(n, visitor, forgotten, draft)
        intake = self._intake(draft, procedure, person, ticket, wanted)
        outcome = receive_dossier(self.office.units(), self.office.desk, intake, actor=self._actor, now=office_now())
        return outcome.dossier

    def finish(self, ticket: Ticket) -> None:
        queueing.finish(self.office.units(), ticket.key, actor=self._actor, now=office_now())

    def papers_of(self, n: int) -> list[SamplePaper]:
        """What visitor n printed at home, in the order of the components."""
        visitor = self.visitors[n]
        wanted = [c for c in self._procedure(visitor).papers() if c.required]
        return [sample_paper(component.name, visitor) for component in wanted]

    def _send_away(
        self, draft: str, procedure: Procedure, person: Person, ticket: Ticket, brought: list[Component]
    ) -> None:
        with self.office.reads() as look:
            known = look.dossiers.by_draft(draft)
        if known is not None and known.state is not DossierState.WAITING_SUPPLEMENT:
            return  # an earlier life of this desk got further
        intake = self._intake(draft, procedure, person, ticket, brought)
        request_supplement(
            self.office.units(), self.office.desk, intake, REASON, BASIS, actor=self._actor, now=office_now()
        )

    def _scan(self, n: int, visitor: Citizen, component: Component, draft: str) -> None:
        """The feeder leaves a picture in the folder; the desk keeps it, once, under its component."""
        page_id = f"demo-{n}-{component.code}"
        with self.office.reads() as look:
            known = look.dossiers.by_draft(draft)
            owner = known.key if known else draft
            if any(p.id == page_id for p in look.papers.pages(owner)):
                return
        picture = self._picture(n, visitor, component)
        keep_file(self.office, owner, picture, self._actor, component=component.code, id_prefix=page_id)

    def prepare(self) -> None:
        """Print and lay out every visitor's papers beforehand, so that the desk has only its own work to do."""
        for n, visitor in enumerate(self.visitors):
            for component in self._procedure(visitor).papers():
                if component.required:
                    self._picture(n, visitor, component)

    def lay_papers(self, n: int, tray: Path, stack: str) -> None:
        """Put visitor n's papers into the feeder, each file whole from the first moment."""
        visitor = self.visitors[n]
        for place, component in enumerate(c for c in self._procedure(visitor).papers() if c.required):
            part = tray / f".{stack}-{place}"
            part.write_bytes(self._picture(n, visitor, component).read_bytes())
            part.replace(tray / f"{stack}-{place}.jpg")

    def _picture(self, n: int, visitor: Citizen, component: Component) -> Path:
        """The component as it comes off the feeder, made once."""
        picture = self.folder / f"{n}-{component.code}.jpg"
        if not picture.exists():
            paper = sample_paper(component.name, visitor)
            part = picture.with_suffix(".part")
            part.write_bytes(paper.scanned(seed=n * 100 + len(component.code) + len(component.name)))
            part.replace(picture)
        return picture

    def _intake(
        self, draft: str, procedure: Procedure, person: Person, ticket: Ticket, brought: list[Component]
    ) -> Intake:
        marks = {c.code: PaperMark(PaperState.ORIGINAL if c.originals else PaperState.COPY) for c in brought}
        return Intake(draft, procedure.code, person, marks, ticket_key=ticket.key)

    def _procedure(self, visitor: Citizen) -> Procedure:
        with self.office.reads() as look:
            procedure = look.procedures.current(visitor.procedure, business_day(office_now()))
        if procedure is None:
            raise NotFoundError(what="thủ tục", key=visitor.procedure)
        return procedure
