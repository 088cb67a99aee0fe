"""Protobuf messages into Python objects, by the descriptors a recording carries with it.

Enumerators come as their names without the prefix ("FILL"), unset fields as their default."""
import re
import struct
from collections import namedtuple

Field = namedtuple("Field", "name number kind type repeated")

DOUBLE, INT64, UINT64, INT32, FIXED64, BOOL, STRING, MESSAGE = 1, 3, 4, 5, 6, 8, 9, 11
BYTES, UINT32, ENUM, SFIXED64, SINT32, SINT64 = 12, 13, 14, 16, 17, 18


def varint(data, at):
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, at
        shift += 7


def wire_fields(data):
    """(number, value): an integer, or the bytes of what is delimited or fixed."""
    at, end = 0, len(data)
    while at < end:
        tag, at = varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            size = 8 if kind == 1 else 4
            if kind == 2:
                size, at = varint(data, at)
            elif kind not in (1, 5):
                raise ValueError(f"wire type {kind}")
            value = data[at:at + size]
            at += size
        yield tag >> 3, value


class Record:
    """A decoded message: its fields are attributes."""

    def __repr__(self):
        return "{" + ", ".join(f"{k}: {v!r}" for k, v in vars(self).items() if v) + "}"

    def __eq__(self, other):
        return isinstance(other, Record) and vars(self) == vars(other)


class Decoder:
    def __init__(self):
        self.messages = {}  # full name: {number: Field}
        self.enums = {}     # full name: {number: text}
        self.known = set()

    def learn(self, descriptor_set):
        if descriptor_set in self.known:
            return
        self.known.add(descriptor_set)
        for _, file in wire_fields(descriptor_set):
            package = ""
            for number, value in wire_fields(file):
                if number == 2:
                    package = "." + bytes(value).decode()
                elif number == 4:
                    self.learn_message(package, value)
                elif number == 5:
                    self.learn_enum(package, value)

    def learn_message(self, scope, data):
        parts = list(wire_fields(data))
        name = scope + "." + next(bytes(v).decode() for n, v in parts if n == 1)
        fields = {}
        for number, value in parts:
            if number == 2:
                given = dict(wire_fields(value))
                kind = given[5]
                fields[given[3]] = Field(bytes(given[1]).decode(), given[3], kind,
                                         bytes(given.get(6, b"")).decode(), given.get(4) == 3)
            elif number == 3:
                self.learn_message(name, value)
            elif number == 4:
                self.learn_enum(name, value)
        self.messages[name] = fields

    def learn_enum(self, scope, data):
        parts = list(wire_fields(data))
        name = next(bytes(v).decode() for n, v in parts if n == 1)
        prefix = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper() + "_"
        values = {}
        for number, value in parts:
            if number == 2:
                given = dict(wire_fields(value))
                values[given.get(2, 0)] = bytes(given[1]).decode().removeprefix(prefix)
        self.enums[scope + "." + name] = values

    def default(self, field):
        if field.repeated:
            return []
        if field.kind == MESSAGE:
            return None
        if field.kind == ENUM:
            return self.enums[field.type][0]
        return {STRING: "", BYTES: b"", BOOL: False}.get(field.kind, 0)

    def decode(self, name, data):
        """name: with a leading dot, ".sauda.v1.Intent"."""
        fields = self.messages[name]
        record = Record()
        for field in fields.values():
            setattr(record, field.name, self.default(field))
        for number, value in wire_fields(data):
            field = fields.get(number)
            if field is None:
                continue
            value = self.value(field, value)
            if field.repeated:
                getattr(record, field.name).append(value)
            else:
                setattr(record, field.name, value)
        return record

    def value(self, field, raw):
        kind = field.kind
        if kind == MESSAGE:
            return self.decode(field.type, raw)
        if kind in (SINT32, SINT64):
            return (raw >> 1) ^ -(raw & 1)
        if kind in (UINT32, UINT64):
            return raw
        if kind == ENUM:
            return self.enums[field.type].get(raw, str(raw))
        if kind == FIXED64:
            return struct.unpack("<Q", raw)[0]
        if kind == SFIXED64:
            return struct.unpack("<q", raw)[0]
        if kind == BOOL:
            return bool(raw)
        if kind == STRING:
            return bytes(raw).decode()
        if kind == BYTES:
            return bytes(raw)
        raise ValueError(f"field {field.name} is of kind {kind}, which is not read here")

    def number_of(self, name, field):
        return next(f.number for f in self.messages[name].values() if f.name == field)
