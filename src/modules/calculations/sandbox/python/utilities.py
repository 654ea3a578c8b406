"""The UTILS object of machine-QA calculations, and the history it asks for."""

import io
import json
import os

import wire


class HistoryNeeded(BaseException):
    """Ends a snippet that asked for stored results which are not here yet; it is then run again."""


class Session:
    """What one run of one snippet changes besides its result."""

    def __init__(self, request):
        self.comments = dict(request["comments"])
        self.skips = dict(request["skips"])
        self.changed_skips = {}
        self.comment = None
        self.attachments = []
        self.history = request["history"]
        self.pending_query = None
        self.largest_attachments = request["largestAttachments"]

    def ask_history(self, method, args):
        query = {"method": method, "args": wire.encode(args)}
        key = json.dumps(query, sort_keys=True)
        if key not in self.history:
            self.pending_query = {**query, "key": key}
            raise HistoryNeeded(method)
        return wire.decode(self.history[key])

    def attach(self, name, content):
        self.attachments.append((name, content))
        total = sum(len(attached) for _, attached in self.attachments)
        if total > self.largest_attachments:
            raise ValueError(f"the files of one calculation may hold {self.largest_attachments} bytes together")


class Utilities:
    """Named UTILS in every snippet; methods as the users' calculations know them."""

    __slots__ = ("_session",)

    def __init__(self, session):
        self._session = session

    def get_comment(self, macro):
        return self._session.comments.get(macro, "")

    def set_comment(self, comment):
        self._session.comment = str(comment)

    def get_skip(self, macro):
        return self._session.skips.get(macro, False)

    def set_skip(self, macro, skip):
        self._session.skips[macro] = bool(skip)
        self._session.changed_skips[macro] = bool(skip)

    def write_file(self, file_name, obj):
        name = os.path.basename(str(file_name).replace("\\", "/"))
        if not name:
            raise ValueError("write_file needs a file name")
        self._session.attach(name, content_of(obj, name))

    def get_figure(self):
        from matplotlib.figure import Figure

        return Figure()

    def previous_test_list_instance(self, include_in_progress=False):
        return self._session.ask_history(
            "previous_test_list_instance", {"include_in_progress": bool(include_in_progress)}
        )

    def previous_test_instance(
        self, test, same_list_only=True, include_in_progress=False, exclude_skipped=True
    ):
        return self._session.ask_history(
            "previous_test_instance",
            {
                "test": macro_of(test),
                "same_list_only": bool(same_list_only),
                "include_in_progress": bool(include_in_progress),
                "exclude_skipped": bool(exclude_skipped),
            },
        )

    def get_test_instance(
        self,
        test_id=None,
        test_name=None,
        test_list_id=None,
        include_in_progress=False,
        exclude_skipped=True,
        include_invalid=False,
        unit_number=None,
        start_window=None,
        end_window=None,
    ):
        return self._session.ask_history(
            "get_test_instance",
            {
                "test_id": test_id,
                "test_name": test_name,
                "test_list_id": test_list_id,
                "include_in_progress": bool(include_in_progress),
                "exclude_skipped": bool(exclude_skipped),
                "include_invalid": bool(include_invalid),
                "unit_number": unit_number,
                "start_window": start_window,
                "end_window": end_window,
            },
        )


def macro_of(test):
    """Tests may be given by macro name or as the test of an earlier result."""
    return str(getattr(test, "slug", test))


def content_of(obj, name):
    """The bytes that `write_file` attaches for each kind of object it accepts."""
    if isinstance(obj, (bytes, bytearray, memoryview)):
        return bytes(obj)
    if isinstance(obj, str):
        return obj.encode()
    if hasattr(obj, "savefig"):
        return saved(lambda target: obj.savefig(target, format=extension_of(name)))
    if hasattr(obj, "read"):
        return content_of_file(obj)
    if hasattr(obj, "save") and hasattr(obj, "convert"):
        return saved(lambda target: obj.save(target, format=image_format(name)))
    if hasattr(obj, "__array_interface__"):
        return content_of_array(obj, name)
    return str(obj).encode()


def content_of_file(obj):
    if hasattr(obj, "seek"):
        obj.seek(0)
    content = obj.read()
    return content.encode() if isinstance(content, str) else bytes(content)


def content_of_array(array, name):
    """Arrays become images where the name says so, and numpy's own text otherwise."""
    import numpy

    if extension_of(name) in {"png", "jpg", "jpeg", "tif", "tiff", "bmp", "gif"}:
        from matplotlib import image

        return saved(lambda target: image.imsave(target, array, format=extension_of(name), cmap="gray"))
    return saved(lambda target: numpy.savetxt(target, array))


def saved(write):
    target = io.BytesIO()
    write(target)
    return target.getvalue()


def extension_of(name):
    return os.path.splitext(name)[1].lstrip(".").lower() or "png"


def image_format(name):
    return {"jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF"}.get(extension_of(name), extension_of(name).upper())


class UploadedBinary(io.BufferedReader):
    """BIN_FILE: the uploaded file opened for bytes, with the path that image libraries ask for."""

    @property
    def path(self):
        return self.name
