"""Takes away from Python what calculations do not need, before any of their code runs."""

import _imp
import asyncio
import builtins
import gc
import importlib
import inspect
import json
import os
import shutil
import sys
import time
import types

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
    if name.startswith("_") or name in sys.stdlib_module_names:
        return f"No module named '{name}': it is not available in calculations"
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


def preload_standard_library():
    """Imports everything that calculations may use, so that every later import finds it in memory."""
    for name in PRELOADED:
        __import__(name)


def preload_packages(imports):
    """Imports the modules that snippets are known to name."""
    # Lets the host set up its source of random bytes while it still may.
    os.urandom(1)
    # The clock stands still, so that a folder's time does not tell that wheels were unpacked into it.
    importlib.invalidate_caches()
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
    undo_patches()
    empty_bridges()
    for name in list(sys.modules):
        if root_of(name) in BRIDGES | UNLOADED | own:
            del sys.modules[name]
    del _imp.create_builtin
    del _imp.create_dynamic
    sys.addaudithook(make_audit_hook(DENIED_EVENTS, DENIED_FAMILIES, BRIDGES | UNLOADED))
    gc.collect()


def undo_patches():
    """Pyodide replaces functions of the standard library by its own, which refer to JavaScript."""
    time.sleep = inspect.unwrap(time.sleep)
    asyncio.run = inspect.unwrap(asyncio.run)
    asyncio.set_event_loop(None)
    asyncio.events._set_running_loop(None)
    asyncio.events._event_loop_policy = None
    sys.set_asyncgen_hooks(None, None)
    for formats in (shutil._ARCHIVE_FORMATS, shutil._UNPACK_FORMATS):
        for name, entry in list(formats.items()):
            if any(is_of_bridge(part) for part in entry):
                del formats[name]
    for name, value in list(vars(builtins).items()):
        if name.startswith("___"):
            delattr(builtins, name)


def is_of_bridge(value):
    return root_of(getattr(value, "__module__", None) or "") in BRIDGES


def empty_bridges():
    """Drops every reference to a JavaScript object that Python holds, and the members of their classes."""
    for finder in sys.meta_path:
        if is_of_bridge(type(finder)) or is_of_bridge(finder):
            getattr(finder, "jsproxies", {}).clear()
    sys.meta_path[:] = [
        finder for finder in sys.meta_path if not (is_of_bridge(type(finder)) or is_of_bridge(finder))
    ]
    for name, module in list(sys.modules.items()):
        # js and pyodide_js are JavaScript objects themselves.
        if root_of(name) in BRIDGES and isinstance(module, types.ModuleType):
            vars(module).clear()
    for kind in all_classes():
        if is_of_bridge(kind):
            empty_class(kind)


def all_classes():
    found = {object}
    waiting = [object]
    while waiting:
        new = set(type.__subclasses__(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return found


def empty_class(kind):
    for name in list(vars(kind)):
        if name in ("__module__", "__doc__", "__dict__", "__weakref__", "__abstractmethods__", "_abc_impl"):
            continue
        try:
            type.__delattr__(kind, name)
        except (TypeError, AttributeError):
            # Classes made in C cannot be changed; without an object of theirs they are inert.
            continue


def root_of(dotted_name):
    return dotted_name.partition(".")[0]


def make_audit_hook(events, families, modules):
    def deny(event, args):
        if event in events or event.startswith(families):
            raise PermissionError(f"{event} is not available in calculations")
        if event == "import" and root_of(args[0]) in modules:
            raise ModuleNotFoundError(f"{args[0]} is not available in calculations", name=args[0])

    return deny
