"""Where unfinished uploads go on, kept in the office's store."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.services.ports import Units


@dataclass(frozen=True)
class StorePlaces:
    """`sync.uploads.Places`; each change is a transaction of its own."""

    units: Units

    def find(self, identity: str) -> str:
        with self.units() as uow:
            return uow.exchange.upload_place(identity)

    def keep(self, identity: str, url: str) -> None:
        with self.units() as uow:
            uow.exchange.keep_upload_place(identity, url)
            uow.commit()
