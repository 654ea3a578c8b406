"""What the text of a snippet tells before it runs: whether it can leave traces, and what it imports."""

import ast
import builtins
import json
import math
import statistics
import sys

# A snippet made of these nodes only, with the names below, cannot change anything that outlives its own
# namespace; the interpreter then need not be restored after it.
PLAIN_NODES = (
    ast.Module,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.Assert,
    ast.Break,
    ast.Continue,
    ast.Delete,
    ast.Expr,
    ast.For,
    ast.FunctionDef,
    ast.Global,
    ast.If,
    ast.Import,
    ast.ImportFrom,
    ast.Nonlocal,
    ast.Pass,
    ast.Raise,
    ast.Return,
    ast.Try,
    ast.While,
    ast.ExceptHandler,
    ast.Attribute,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.Constant,
    ast.Dict,
    ast.DictComp,
    ast.FormattedValue,
    ast.GeneratorExp,
    ast.IfExp,
    ast.JoinedStr,
    ast.Lambda,
    ast.List,
    ast.ListComp,
    ast.Name,
    ast.NamedExpr,
    ast.Set,
    ast.SetComp,
    ast.Slice,
    ast.Starred,
    ast.Subscript,
    ast.Tuple,
    ast.UnaryOp,
    ast.Yield,
    ast.alias,
    ast.arg,
    ast.arguments,
    ast.comprehension,
    ast.keyword,
    ast.boolop,
    ast.cmpop,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
)
PLAIN_MODULES = frozenset({"datetime", "math", "random", "statistics"})
PLAIN_BUILTINS = frozenset(
    "ArithmeticError AssertionError AttributeError Exception False FloatingPointError IndexError KeyError "
    "LookupError NameError None NotImplementedError OverflowError RuntimeError StopIteration True TypeError "
    "UnboundLocalError ValueError ZeroDivisionError abs all any bin bool bytes callable chr complex dict "
    "divmod enumerate filter float format frozenset hash hex int isinstance iter len list map max min next "
    "oct ord pow print range repr reversed round set slice sorted str sum tuple zip".split()
)
PLAIN_ATTRIBUTES = frozenset(
    "add append args astimezone capitalize casefold choice clear copy count date date_value datetime "
    "datetime_value day days decode difference discard encode endswith extend find fold format gauss get "
    "get_comment get_skip hour imag index insert intersection isalpha isdigit isnumeric isoformat isoweekday "
    "issubset issuperset isupper islower items join json_value keys lower lstrip microsecond minute month "
    "name normalvariate now partition pass_fail pop previous_test_instance previous_test_list_instance "
    "get_test_instance randint random randrange read readline readlines real reference remove replace "
    "reverse rfind rpartition rsplit rstrip sample second seconds seed set_comment set_skip setdefault "
    "shuffle skipped sort split splitlines startswith strftime string_value strip strptime symmetric_difference "
    "time timedelta timestamp timezone title today tolerance total_seconds tzinfo uniform union update upper "
    "utc utcnow utcoffset value values weekday work_completed work_started write_file year zfill comment "
    "act_high act_low tol_high tol_low mc_pass_choices mc_tol_choices type id unit_test_info test slug".split()
) | frozenset(name for name in (*dir(math), *statistics.__all__) if not name.startswith("_"))
# Names that stand for whole packages in every snippet.
PACKAGES = frozenset({"numpy", "scipy", "matplotlib", "dicom", "pydicom"})
BUILTIN_NAMES = frozenset(dir(builtins))


def classify(source, provided):
    """
    Reads a snippet without running it.

    `provided` names the importable packages; answers JSON with `plain`, the `names` it mentions (None when it
    might look up any) and the `imports` from provided packages that are not in memory.
    """
    try:
        tree = ast.parse(source)
        nodes = list(ast.walk(tree))
        plain = all(is_plain(node) for node in nodes)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return json.dumps({"plain": False, "names": None, "imports": []})
    names = sorted({node.id for node in nodes if isinstance(node, ast.Name)})
    imports = sorted(find_imports(nodes, frozenset(json.loads(provided))))
    return json.dumps({"plain": plain, "names": names if plain else None, "imports": imports})


def is_plain(node):
    if not isinstance(node, PLAIN_NODES):
        return False
    if isinstance(node, ast.Name):
        return is_plain_name(node.id)
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Load) and node.attr in PLAIN_ATTRIBUTES
    if isinstance(node, ast.Import):
        return all(alias.name in PLAIN_MODULES for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module in PLAIN_MODULES and all(alias.name in PLAIN_ATTRIBUTES for alias in node.names)
    return True


def is_plain_name(name):
    if name.startswith("__") or name in PACKAGES:
        return False
    return name in PLAIN_BUILTINS or name not in BUILTIN_NAMES


def find_imports(nodes, provided):
    """Dotted names below provided packages, as written in imports and in chains such as `scipy.stats.norm`."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.update((node.module, *(f"{node.module}.{alias.name}" for alias in node.names)))
        elif isinstance(node, (ast.Name, ast.Attribute)):
            found.add(dotted_name(node))
    return {name for name in found if name.partition(".")[0] in provided and not is_loaded(name)}


def is_loaded(name):
    """Whether following the dotted name needs no further import."""
    root, *parts = name.split(".")
    module = sys.modules.get(root)
    prefix = root
    for part in parts:
        prefix = f"{prefix}.{part}"
        if module is None or prefix not in sys.modules:
            return module is not None and has_member(module, part)
        module = sys.modules[prefix]
    return module is not None


def has_member(module, name):
    """Packages that import their parts on first use fail here, since native code cannot be loaded any more."""
    try:
        getattr(module, name)
    except (AttributeError, ImportError):
        return False
    return True


def dotted_name(node):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join(("pydicom" if node.id == "dicom" else node.id, *reversed(parts)))
