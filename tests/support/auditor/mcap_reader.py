"""Reads the messages of MCAP files (version 0 of the public specification), zstd chunks included.

A file that was cut off, as a crash leaves it, is read up to its last whole record."""
import struct
import subprocess
import threading
from collections import namedtuple

MAGIC = b"\x89MCAP0\r\n"
SCHEMA, CHANNEL, MESSAGE, CHUNK, DATA_END = 3, 4, 5, 6, 15

Schema = namedtuple("Schema", "name data")
Channel = namedtuple("Channel", "topic schema metadata")
Stored = namedtuple("Stored", "channel sequence log_time data")


class Broken(Exception):
    """The bytes are not what the specification says."""


def text_at(data, at):
    size, = struct.unpack_from("<I", data, at)
    return bytes(data[at + 4:at + 4 + size]).decode(), at + 4 + size


def bytes_at(data, at):
    size, = struct.unpack_from("<I", data, at)
    return bytes(data[at + 4:at + 4 + size]), at + 4 + size


def records(data, at=0):
    """(opcode, body) of whole records."""
    while at + 9 <= len(data):
        opcode = data[at]
        size, = struct.unpack_from("<Q", data, at + 1)
        if at + 9 + size > len(data):
            return
        yield opcode, data[at + 9:at + 9 + size]
        at += 9 + size


def chunk_parts(body):
    _, _, size, _ = struct.unpack_from("<QQQI", body, 0)
    compression, at = text_at(body, 28)
    length, = struct.unpack_from("<Q", body, at)
    return compression, size, body[at + 8:at + 8 + length]


class Zstd:
    """One `zstd -dc` for all chunks of a file: frames go in one after the other."""

    def __init__(self, frames):
        self.process = subprocess.Popen(["zstd", "-dc"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.feeder = threading.Thread(target=self.feed, args=(frames,), daemon=True)
        self.feeder.start()

    def feed(self, frames):
        try:
            for frame in frames:
                self.process.stdin.write(frame)
            self.process.stdin.close()
        except BrokenPipeError:
            pass  # the reader says what is missing

    def read(self, size):
        data = self.process.stdout.read(size)
        if len(data) != size:
            raise Broken(f"a chunk of {size} bytes unpacks to {len(data)}")
        return data

    def close(self):
        self.process.stdout.close()
        self.process.wait()
        self.feeder.join()


class McapFile:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = memoryview(file.read())
        if bytes(self.data[:8]) != MAGIC:
            raise Broken(f"{path} is no MCAP file")
        self.schemas = {}
        self.channels = {}

    def messages(self):
        """Every message in the order of the file; data is a memoryview."""
        frames = [chunk_parts(body) for opcode, body in records(self.data, 8) if opcode == CHUNK]
        zstd = Zstd([part for kind, _, part in frames if kind == "zstd"])
        try:
            for opcode, body in records(self.data, 8):
                if opcode == DATA_END:
                    return
                if opcode != CHUNK:
                    yield from self.take(opcode, body)
                    continue
                compression, size, part = chunk_parts(body)
                if compression == "zstd":
                    part = memoryview(zstd.read(size))
                elif compression:
                    raise Broken(f"chunks of {compression} are not read here")
                for inner, record in records(part):
                    yield from self.take(inner, record)
        finally:
            zstd.close()

    def take(self, opcode, body):
        if opcode == MESSAGE:
            channel, sequence, log_time, _ = struct.unpack_from("<HIQQ", body, 0)
            yield Stored(self.channels[channel], sequence, log_time, body[22:])
        elif opcode == SCHEMA:
            number, = struct.unpack_from("<H", body, 0)
            name, at = text_at(body, 2)
            _, at = text_at(body, at)
            self.schemas[number] = Schema(name, bytes_at(body, at)[0])
        elif opcode == CHANNEL:
            number, schema = struct.unpack_from("<HH", body, 0)
            topic, at = text_at(body, 4)
            _, at = text_at(body, at)
            pairs, _ = bytes_at(body, at)
            metadata, at = {}, 0
            while at < len(pairs):
                key, at = text_at(pairs, at)
                metadata[key], at = text_at(pairs, at)
            self.channels[number] = Channel(topic, self.schemas.get(schema), metadata)
