"""Values between JavaScript and Python: JSON, with marks for what JSON lacks (see domain/python-value.ts)."""

import base64
import datetime
import math
import sys

LARGEST_EXACT_INTEGER = 2**53 - 1


class Record:
    """A read-only view of a stored result: the keys of a mapping as attributes."""

    def __init__(self, members):
        self.__dict__.update(members)

    def __repr__(self):
        return f"Record({', '.join(sorted(self.__dict__))})"

    def __str__(self):
        return str(self.__dict__.get("name", repr(self)))


def decode(value):
    """Turns parsed wire JSON into Python values, always freshly made."""
    kind = type(value)
    if kind is dict:
        if len(value) == 1:
            (mark, content), = value.items()
            make = MAKERS.get(mark)
            if make is not None:
                return make(content)
        return {key: decode(member) for key, member in value.items()}
    if kind is list:
        return [decode(member) for member in value]
    return value


MAKERS = {
    "$float": float,
    "$int": int,
    "$date": datetime.date.fromisoformat,
    "$datetime": datetime.datetime.fromisoformat,
    "$time": datetime.time.fromisoformat,
    "$bytes": base64.b64decode,
    "$tuple": lambda members: tuple(decode(member) for member in members),
    "$dict": lambda pairs: {decode(key): decode(member) for key, member in pairs},
    "$record": lambda members: Record({key: decode(member) for key, member in members.items()}),
}


def encode(value, enclosing=()):
    """
    Turns a Python value into wire JSON.

    Raises TypeError for what JSON cannot hold and ValueError for a structure that contains itself, with the
    words of Python's own json module.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return encode_integer(int(value))
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"$float": repr(float(value))}
    if isinstance(value, (dict, list, tuple)):
        return encode_container(value, enclosing)
    if isinstance(value, datetime.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"$date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"$time": value.isoformat()}
    array_value = value_of_array(value)
    if array_value is not value:
        return encode(array_value, enclosing)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def encode_integer(value):
    return value if abs(value) <= LARGEST_EXACT_INTEGER else {"$int": str(value)}


def encode_container(value, enclosing):
    if id(value) in enclosing:
        raise ValueError("Circular reference detected")
    inside = (*enclosing, id(value))
    if isinstance(value, dict):
        return encode_mapping(value, inside)
    members = [member if is_plain(member) else encode(member, inside) for member in value]
    return {"$tuple": members} if isinstance(value, tuple) else members


def is_plain(value):
    """Whether a value is JSON as it stands: the quick way through long lists of numbers."""
    kind = type(value)
    if kind is float:
        return value - value == 0.0
    return kind is str or (kind is int and -LARGEST_EXACT_INTEGER <= value <= LARGEST_EXACT_INTEGER)


def encode_mapping(value, inside):
    for key in value:
        if not isinstance(key, (str, int, float, bool, type(None))):
            raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__}")
    if all(isinstance(key, str) and not key.startswith("$") for key in value):
        return {str.__str__(key): encode(member, inside) for key, member in value.items()}
    return {"$dict": [[encode(key, inside), encode(member, inside)] for key, member in value.items()]}


def value_of_array(value):
    """Arrays and scalars of numpy as lists and numbers; anything else as it is."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, (numpy.ndarray, numpy.generic)):
        return value.tolist()
    return value
