"""Scanners that announce themselves, heard on the loopback interface only."""

from __future__ import annotations

import socket
import threading

import pytest
from zeroconf import ServiceInfo, Zeroconf

from scanner.devices.mdns import PLAIN, SECURED, Announced, announcement, find_escl, one_each


@pytest.fixture
def two_scanners() -> list[ServiceInfo]:
    texts = {"ty": "Máy quét tầng 1", "rs": "/eSCL", "is": "platen,adf", "duplex": "T", "uuid": "1-2"}
    address = [socket.inet_aton("127.0.0.1")]
    plain = ServiceInfo(
        PLAIN, f"Tầng 1.{PLAIN}", port=8080, addresses=address, properties=texts, server="quet-1.local."
    )
    secured = ServiceInfo(
        SECURED, f"Tầng 1.{SECURED}", port=8443, addresses=address, properties=texts, server="quet-1.local."
    )
    return [plain, secured]


def test_a_machine_that_announces_itself_twice_is_found_once(two_scanners: list[ServiceInfo]) -> None:
    before = set(threading.enumerate())
    net = Zeroconf(interfaces=["127.0.0.1"])
    try:
        for info in two_scanners:
            net.register_service(info)
        found = next((heard for _ in range(10) if (heard := find_escl(2.5, ["127.0.0.1"]))), [])
    finally:
        net.close()
    (scanner,) = found
    assert scanner.name == "escl:http://127.0.0.1:8080/eSCL"
    assert scanner.label == "Máy quét tầng 1"
    assert scanner.can == ("glass", "feeder", "duplex")
    assert not set(threading.enumerate()) - before


def test_a_machine_with_tls_only_is_listed_at_its_secured_address() -> None:
    record = announcement(SECURED, ["fe80::1", "10.0.0.7"], 443, {})
    assert record is not None
    (scanner,) = one_each([record])
    assert scanner.name == "escl:https://10.0.0.7:443/eSCL"
    assert scanner.label == "10.0.0.7"


def test_machines_that_do_not_say_who_they_are_stay_apart() -> None:
    records = [announcement(PLAIN, [f"10.0.0.{n}"], 80, {"ty": "X"}) for n in (1, 2)]
    assert len(one_each([r for r in records if isinstance(r, Announced)])) == 2


def test_an_announcement_cannot_write_on_the_terminal_and_needs_an_address() -> None:
    record = announcement(PLAIN, ["10.0.0.7"], 80, {"ty": "a\x1b[2J\nb" + "x" * 200, "rs": "e\r\nSCL"})
    assert record is not None
    assert record.info.label.startswith("a[2Jbx")
    assert len(record.info.label) == 80
    assert record.info.name == "escl:http://10.0.0.7:80/eSCL"
    assert announcement(PLAIN, [], 80, {}) is None
    assert announcement(PLAIN, ["10.0.0.7"], 0, {}) is None
