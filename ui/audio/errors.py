"""What can go wrong with the hall's voice; the words are in `ui.i18n.errors`."""

from __future__ import annotations

from kiosk.errors import DeviceError, InputError, KioskError


class NoSoundDeviceError(DeviceError):
    """This machine has nothing that could be heard. The hall's screen goes on in silence."""

    code = "voice.no_device"


class SoundDeviceError(DeviceError):
    """The sound stopped or was refused. details: reason."""

    code = "voice.device"


class VoiceDamagedError(InputError):
    """Clips are missing, changed or in another format. details: folder, problem."""

    code = "voice.damaged"


class VoiceFolderError(InputError):
    """The folder or file cannot be written. details: folder."""

    code = "voice.folder"


class BadSpokenNumberError(InputError):
    """Not a number that a ticket can carry. details: text."""

    code = "voice.number"


class NoSynthesiserError(KioskError):
    """The program that makes the shipped voice is not installed; only needed to make one. details: program."""

    code = "voice.synthesiser"
