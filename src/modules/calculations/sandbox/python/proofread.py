"""Checks a snippet when it is saved, without running it."""

import ast
import json

import formula

NO_RESULT = (
    "Snippet must set macro name to a value or contain a result line "
    "(e.g. m = my_var/another_var*2 or result = my_var/another_var*2)"
)


def proofread(request_text):
    """Answers JSON: a list of `{line, message}`, empty when the snippet may be saved."""
    request = json.loads(request_text)
    try:
        if request["language"] == "formula":
            formula.parse(request["source"], "formula")
            return json.dumps([])
        tree = ast.parse(request["source"])
        compile(tree, "calculation", "exec", dont_inherit=True)
    except SyntaxError as error:
        where = f"line {error.lineno}: " if error.lineno is not None else ""
        return problem(error.lineno, f"Calculation procedure invalid: {where}{error.msg}")
    except (ValueError, RecursionError, MemoryError) as error:
        return problem(None, f"Calculation procedure invalid: {error}")
    if not binds(tree, {"result", request["macro"]}):
        return problem(None, NO_RESULT)
    return json.dumps([])


def problem(line, message):
    return json.dumps([{"line": line, "message": message}])


def binds(node, names):
    """Whether the text gives a value to one of the names outside of functions and classes."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name in names
    if isinstance(node, ast.Lambda):
        return False
    return binds_itself(node, names) or any(binds(child, names) for child in ast.iter_child_nodes(node))


def binds_itself(node, names):
    if isinstance(node, ast.Name):
        return isinstance(node.ctx, ast.Store) and node.id in names
    if isinstance(node, ast.alias):
        return (node.asname or node.name) in names
    return False
