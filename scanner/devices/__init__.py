"""One adapter for each kind of machine; all keep the promises of `scanner.page.CaptureDevice`."""

from scanner.devices.registry import list_devices, open_device
from scanner.devices.settings import DeviceInfo, ScanSettings

__all__ = ["DeviceInfo", "ScanSettings", "list_devices", "open_device"]
