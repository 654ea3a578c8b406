"""Runs one snippet in a namespace of its own and describes what came of it as JSON."""

import builtins
import decimal
import importlib.metadata
import io
import json
import math
import numbers
import os
import random
import sys
import types

import formula
import lockdown
import utilities
import wire

FILE_PREFIX = "calculation:"
UPLOAD_FOLDER = "/upload"
ATTACHMENT_FOLDER = "/attachments"
LONGEST_MESSAGE = 4000
MOST_FRAMES = 5
OWN_FOLDER = os.path.dirname(__file__)


class BoundedOutput(io.TextIOBase):
    """Standard output of one snippet: kept up to a limit, dropped after it."""

    def __init__(self, most):
        self.parts = []
        self.room = most

    def writable(self):
        return True

    def write(self, text):
        if self.room > 0:
            self.parts.append(text[: self.room])
            self.room -= len(text)
        return len(text)

    def text(self):
        return "".join(self.parts)


def evaluate(request_text):
    """
    Runs the snippet of one request.

    Answers JSON: `{"history": query}` when it asked for results that were not provided, otherwise `value` or
    `failure` with what it changed besides (`comment`, `skips`, `attachments`, `output`).
    """
    request = json.loads(request_text)
    session = utilities.Session(request)
    output = BoundedOutput(request["mostOutput"])
    sys.stdout = sys.stderr = output
    random.seed(request["seed"])
    outcome = run(request, session)
    if session.pending_query is not None:
        return json.dumps({"history": session.pending_query})
    key, text = outcome
    effects = json.dumps(
        {
            "comment": session.comment,
            "skips": session.changed_skips,
            "attachments": store_attachments(session.attachments),
            "output": output.text(),
        }
    )
    return f'{{"{key}": {text}, {effects[1:]}'


def run(request, session):
    """What came of the snippet, as the name of a member of the answer and its JSON text."""
    try:
        return "value", encode_result(request, compute(request, session))
    except MemoryError:
        return failure(request, MemoryError("the calculation needs more memory than it may use"))
    except BaseException as error:
        return failure(request, error)


def compute(request, session):
    macro = request["macro"]
    if request["language"] == "formula":
        return formula.evaluate(request["source"], wire.decode(request["variables"]), FILE_PREFIX + macro)
    code = compile(request["source"], FILE_PREFIX + macro, "exec", dont_inherit=True)
    namespace = make_namespace(request, session)
    exec(code, namespace)
    if "result" in namespace:
        return namespace["result"]
    if macro in namespace:
        return namespace[macro]
    raise KeyError(macro)


def make_namespace(request, session):
    namespace = {"__builtins__": builtins, "__name__": "__main__", "math": math}
    for name in request["packages"]:
        namespace[name] = package(name)
    namespace.update(wire.decode(request["variables"]))
    namespace.pop(request["macro"], None)
    if request["utilities"]:
        namespace["UTILS"] = utilities.Utilities(session)
    if request["file"]:
        path = f"{UPLOAD_FOLDER}/{request['file']}"
        namespace["FILE"] = open(path, encoding="utf-8")
        namespace["BIN_FILE"] = utilities.UploadedBinary(io.FileIO(path))
    return namespace


def package(name):
    """A package by the name snippets use for it, or a stand-in that fails when used."""
    module_name = "pydicom" if name == "dicom" else name
    try:
        return __import__(module_name)
    except ModuleNotFoundError:
        return lockdown.AbsentModule(module_name)


def encode_result(request, value):
    macro = request["macro"]
    if request["expects"] == "number":
        value = number_of(macro, value)
    try:
        encoded = wire.encode(value)
        text = json.dumps(encoded)
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{macro} failed with error: {error}.") from None
    if type(encoded) is dict and "$float" in encoded:
        raise ValueError(f"{macro} has a result of '{value}'")
    if len(text) > request["largestResult"]:
        raise ValueError(f"{macro} failed with error: the result is larger than {request['largestResult']} bytes.")
    return text


def number_of(macro, value):
    """A numerical calculation yields a number, None or an empty text; true and false count as 1 and 0."""
    value = wire.value_of_array(value)
    if value is None or (isinstance(value, str) and value == ""):
        return value
    if isinstance(value, (bool, int)):
        return int(value) if abs(value) <= wire.LARGEST_EXACT_INTEGER else float(value)
    if isinstance(value, (numbers.Real, decimal.Decimal)):
        return float(value)
    raise ValueError(f"{macro} has a result of {shortened(repr(value), 60)}, which is not a number")


def store_attachments(attachments):
    for index, (_, content) in enumerate(attachments):
        with open(f"{ATTACHMENT_FOLDER}/{index}", "wb") as file:
            file.write(content)
    return [{"name": name, "size": len(content)} for name, content in attachments]


def failure(request, error):
    """The error as users know it: the last frame of their own text, then `Class: message`."""
    last_line = last_line_of(error)
    frames = frames_of(error, FILE_PREFIX + request["macro"])
    return "failure", json.dumps(
        {
            "type": type(error).__name__,
            "message": shortened(message_of(error), LONGEST_MESSAGE),
            "line": frames[0][1] if frames else getattr(error, "lineno", None),
            "text": place_of(error, frames, request["macro"]) + last_line + "\n",
        }
    )


def place_of(error, frames, macro):
    if frames:
        return "".join(
            describe_frame(frame, macro, "" if index == 0 else '  File "')
            for index, frame in enumerate(frames[:MOST_FRAMES])
        )
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return f'{macro}", line {error.lineno}\n    {(error.text or "").strip()}\n'
    return ""


def describe_frame(frame, macro, start):
    file, line, function = frame
    shown_file = macro if file.startswith(FILE_PREFIX) else file
    shown_function = macro if function == "<module>" else function
    return f'{start}{shown_file}", line {line}, in {shown_function}\n'


def frames_of(error, file):
    """Frames from the last one in the snippet's own text to the innermost, as (file, line, function)."""
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == file:
            frames = []
        if not code.co_filename.startswith(OWN_FOLDER):
            frames.append((code.co_filename, step.tb_lineno, code.co_name))
        step = step.tb_next
    return frames if frames and frames[0][0] == file else []


def last_line_of(error):
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__"):
        name = f"{kind.__module__}.{name}"
    message = shortened(message_of(error), LONGEST_MESSAGE)
    return f"{name}: {message}" if message else name


def message_of(error):
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:
        return "<the message of this error cannot be shown>"
    if isinstance(error, ModuleNotFoundError) and message == f"No module named '{error.name}'":
        root = error.name.partition(".")[0]
        return message if root in sys.modules else lockdown.absent_package_message(root)
    return message


def shortened(text, most):
    return text if len(text) <= most else text[:most] + "…"


def versions():
    """What decides a result besides its inputs: the interpreter and the packages in memory."""
    packages = {
        name: version_of(name, module)
        for name, module in sorted(sys.modules.items())
        if isinstance(module, types.ModuleType)
        and "." not in name
        and (getattr(module, "__file__", None) or "").startswith(site_packages())
    }
    return json.dumps({"python": ".".join(map(str, sys.version_info[:3])), "packages": packages})


def version_of(name, module):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return str(getattr(module, "__version__", ""))


def site_packages():
    return next((path for path in sys.path if path.endswith("site-packages")), os.sep)
