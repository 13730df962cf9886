"""The citizen: owner or submitter of a dossier."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """key: ours, stable. born_on: "YYYY-MM-DD", "YYYY-MM", "YYYY" or "" (old people's cards have no day or month).

    source: where the data came from ("cccd-qr", "mrz", "typed"); a card's code is unsigned, so never a proof.
    linked_number: an earlier number (9 digits) that an officer confirmed to be this person's.
    """

    key: str
    full_name: str
    id_number: str = ""
    old_id_number: str = ""
    born_on: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    source: str = "typed"
    linked_number: str = ""


# Known of a person, these stay when somebody is entered again by name and number alone, as a submitter is.
KEPT = ("born_on", "sex", "address", "phone", "email", "linked_number")


def masked_name(full_name: str) -> str:
    """For public screens: "Nguyễn Văn Mẫu" -> "N*** V** M**"."""
    return " ".join(part[0] + "*" * (len(part) - 1) for part in full_name.split())
