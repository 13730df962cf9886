"""One adapter for each kind of machine; all keep the promises of `scanner.page.CaptureDevice`."""

from scanner.devices.registry import first_device, list_devices, open_device
from scanner.devices.settings import DeviceInfo, ScanSettings

__all__ = ["DeviceInfo", "ScanSettings", "first_device", "list_devices", "open_device"]
