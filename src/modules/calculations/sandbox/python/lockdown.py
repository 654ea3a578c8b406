"""Takes away from Python what calculations do not need, before any of their code runs."""

import _imp
import json
import sys

# Every way from Python into the JavaScript that hosts it.
BRIDGES = frozenset({"js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core"})

# Modules that reach raw memory, processes or sockets. What is still needed by the library itself stays
# importable but inert through the audit hook.
UNLOADED = frozenset({"ctypes", "_ctypes", "_posixsubprocess", "_remote_debugging"})

# Built-in modules that a calculation may import. All are loaded in advance, since the loader of built-in
# modules is removed afterwards.
PRELOADED = (
    "_asyncio _bisect _blake2 _bz2 _codecs _collections _contextvars _csv _datetime _decimal _elementtree "
    "_functools _heapq _hmac _io _json _locale _lsprof _lzma _md5 _multibytecodec _opcode _operator _pickle "
    "_queue _random _sha1 _sha2 _sha3 _signal _sqlite3 _sre _stat _statistics _string _struct _suggestions "
    "_symtable _sysconfig _thread _tokenize _tracemalloc _types _typing _warnings _weakref _zoneinfo _zstd "
    "array atexit binascii cmath errno fcntl gc itertools marshal math mmap posix pyexpat select time "
    "unicodedata zlib csv dataclasses datetime decimal fractions functools io itertools json math operator "
    "random re statistics string _strptime traceback zipfile"
).split()

DENIED_EVENTS = frozenset(
    {
        "gc.get_objects",
        "gc.get_referents",
        "gc.get_referrers",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.killpg",
        "os.posix_spawn",
        "os.spawn",
        "os.system",
        "pty.spawn",
        "signal.pthread_kill",
        "subprocess.Popen",
        "sys.addaudithook",
        "sys.remote_exec",
        "webbrowser.open",
    }
)
DENIED_FAMILIES = ("ctypes.", "socket.", "cpython.")


def absent_package_message(name):
    return (
        f"No module named '{name}': it is not among the Python packages of this server "
        f'(an administrator adds it with "touchstone python install {name}")'
    )


class AbsentModule:
    """Stands for a package that is not provided; only using it fails."""

    def __init__(self, name):
        object.__setattr__(self, "_absent_name", name)

    def __getattr__(self, attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        raise ModuleNotFoundError(absent_package_message(self._absent_name), name=self._absent_name)

    def __call__(self, *args, **kwargs):
        raise ModuleNotFoundError(absent_package_message(self._absent_name), name=self._absent_name)


def preload(imports):
    """Imports everything that calculations may use, so that every later import finds it in memory."""
    for name in PRELOADED:
        __import__(name)
    for name in json.loads(imports):
        import_as_far_as_possible(name)


def import_as_far_as_possible(dotted_name):
    """`scipy.stats.norm.pdf` names modules up to a point; what follows is found in the last of them."""
    parts = dotted_name.split(".")
    for length in range(1, len(parts) + 1):
        try:
            __import__(".".join(parts[:length]))
        except ImportError:
            return


def lock_down(own_names):
    """Removes the bridges to JavaScript and the loaders of native code, and denies what remains by audit."""
    own = frozenset(json.loads(own_names))
    sys.path[:] = [entry for entry in sys.path if entry not in own]
    sys.meta_path[:] = [finder for finder in sys.meta_path if root_of(finder) not in BRIDGES]
    hidden = BRIDGES | UNLOADED | own
    for name in list(sys.modules):
        if name.partition(".")[0] in hidden:
            del sys.modules[name]
    del _imp.create_builtin
    del _imp.create_dynamic
    sys.addaudithook(make_audit_hook(DENIED_EVENTS, DENIED_FAMILIES, BRIDGES | UNLOADED))


def root_of(finder):
    kind = finder if isinstance(finder, type) else type(finder)
    return kind.__module__.partition(".")[0]


def make_audit_hook(events, families, modules):
    def deny(event, args):
        if event in events or event.startswith(families):
            raise PermissionError(f"{event} is not available in calculations")
        if event == "import" and args[0].partition(".")[0] in modules:
            raise ModuleNotFoundError(f"{args[0]} is not available in calculations", name=args[0])

    return deny
