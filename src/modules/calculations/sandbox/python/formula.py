"""Formulas: one expression of arithmetic, comparisons and a fixed library, nothing else."""

import ast
import math
import statistics

FUNCTIONS = {
    function.__name__: function for function in (abs, float, int, len, max, min, pow, round, sum)
}
LIBRARIES = {
    "math": {name: getattr(math, name) for name in dir(math) if not name.startswith("_")},
    "statistics": {name: getattr(statistics, name) for name in ("mean", "median", "stdev")},
}
NODES = (
    ast.Expression,
    ast.Attribute,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.Constant,
    ast.IfExp,
    ast.List,
    ast.Load,
    ast.Name,
    ast.Tuple,
    ast.UnaryOp,
    ast.And,
    ast.Or,
    ast.Not,
    ast.UAdd,
    ast.USub,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.FloorDiv,
    ast.Mod,
    ast.Pow,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
)


class FormulaError(SyntaxError):
    """A formula that is Python, but more than a formula may hold."""


def parse(source, file):
    """Reads a formula; line breaks count as blanks. Raises SyntaxError for anything beyond the grammar."""
    tree = ast.parse(" ".join(source.split("\n")).strip(), file, "eval")
    libraries = {id(node.func.value) for node in ast.walk(tree) if is_library_call(node)}
    constants = {id(node.value) for node in ast.walk(tree) if is_library_constant(node)}
    for node in ast.walk(tree):
        problem = problem_of(node, libraries | constants)
        if problem:
            raise FormulaError(problem)
    return tree


def is_library_call(node):
    return isinstance(node, ast.Call) and is_library_member(node.func)


def is_library_constant(node):
    return is_library_member(node) and not callable(LIBRARIES[node.value.id][node.attr])


def is_library_member(node):
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in LIBRARIES.get(node.value.id, {})
    )


def problem_of(node, libraries):
    if not isinstance(node, NODES):
        return f"{type(node).__name__} is not allowed in a formula"
    if isinstance(node, ast.Attribute) and id(node.value) not in libraries:
        return f"'.{node.attr}' is not allowed in a formula"
    if isinstance(node, ast.Name) and node.id in LIBRARIES and id(node) not in libraries:
        return f"'{node.id}' is not a value"
    if isinstance(node, ast.Constant) and not isinstance(node.value, (int, float, str)):
        return f"{node.value!r} is not allowed in a formula"
    return problem_of_call(node) if isinstance(node, ast.Call) else None


def problem_of_call(node):
    if node.keywords:
        return "named arguments are not allowed in a formula"
    if is_library_member(node.func) or (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
        return None
    return f"'{ast.unparse(node.func)}' is not a function of formulas"


def evaluate(source, variables, file):
    """The value of a formula over its variables."""
    tree = parse(source, file)
    libraries = {"math": math, "statistics": statistics}
    return eval(compile(tree, file, "eval"), {"__builtins__": {}, **FUNCTIONS, **libraries, **variables})
