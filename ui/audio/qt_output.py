"""The loudspeaker by Qt Multimedia: PulseAudio or PipeWire on Linux, WASAPI on Windows."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from ui.audio.errors import NoSoundDeviceError, SoundDeviceError
from ui.audio.sound import RATE, WIDTH, Sound

BUFFER_S = 0.5  # so long may the window be busy before the sound breaks


class QtOutput:
    """On the window's thread. Each sound gets a sink of its own: one that a device broke is not used again."""

    def __init__(self, device: QAudioDevice) -> None:
        self._device = device
        self._sink: QAudioSink | None = None
        self._buffer = QBuffer()

    def play(self, sound: Sound) -> None:
        self.close()
        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(sound.pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(self._device, form)
        self._sink.setBufferSize(round(BUFFER_S * RATE) * WIDTH)
        self._sink.start(self._buffer)
        self._refuse_error()

    def position_s(self) -> float | None:
        if self._sink is None:
            return None
        self._refuse_error()
        if self._sink.state() == QtAudio.State.IdleState and self._buffer.atEnd():
            self.close()
            return None
        return self._sink.processedUSecs() / 1_000_000

    def _refuse_error(self) -> None:
        if self._sink is None:
            return
        error, state = self._sink.error(), self._sink.state()
        if error in (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError):
            raise SoundDeviceError(reason=error.name)
        if state == QtAudio.State.StoppedState:
            raise SoundDeviceError(reason="stopped")

    def close(self) -> None:
        if self._sink is not None:
            self._sink.reset()
            self._sink.deleteLater()
        self._sink = None


def open_qt_output() -> QtOutput:
    """The system's usual loudspeaker. Raises: NoSoundDeviceError."""
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        raise NoSoundDeviceError
    return QtOutput(device)
