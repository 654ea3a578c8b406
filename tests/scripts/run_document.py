"""Runs the code blocks of the QATrack+ users' document one after the other, with only host and credentials changed.

usage: python3 run_document.py DOCUMENT http://127.0.0.1:8080 [user [password]]

The server must be a fresh demonstration: the document submits the user key "12345". Where the document leaves something
out (`...`) the block is completed as the words around it say, see COMPLETED; the copy of the document has lost its
indentation, which is put back.
"""

import sys
from pathlib import Path

import requests

DOCUMENT = Path(sys.argv[1]).read_text(encoding="utf-8")
ORIGIN = sys.argv[2]
USER = sys.argv[3] if len(sys.argv) > 3 else "user"
PASSWORD = sys.argv[4] if len(sys.argv) > 4 else "password"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

HOST = "http://yourservernamehere"
CREDENTIALS = "{'username': 'user', 'password': 'password'}"


def blocks(document):
    """The lines behind every code directive, up to where prose begins."""
    lines = document.splitlines()
    for number, line in enumerate(lines):
        if line.strip() in (".. code-block:: python", ".. code:: python"):
            yield number + 2, code_of(lines[number + 1 :])


def code_of(lines):
    """The longest beginning that Python can read; a heading of one word is no code."""
    code = ""
    for count in range(1, len(lines) + 1):
        taken = lines[:count]
        if taken[-1].startswith(".. "):
            break
        if taken[-1].strip().isidentifier():
            continue
        candidate = completed("\n".join(indented(taken)))
        if reads(candidate):
            code = candidate
    return code


def indented(lines):
    """What follows a line that opens a loop is its body."""
    depth = 0
    result = []
    for line in lines:
        result.append("    " * depth + line.strip())
        if line.strip().startswith(("while ", "for ", "if ")) and line.rstrip().endswith(":"):
            depth += 1
    return result


def completed(code):
    """Without the places that the document leaves to its reader, and a comma that it forgets."""
    lines = [line for line in code.splitlines() if line.strip() != "..."]
    text = "\n".join(lines)
    return text.replace('}\n"attachments": [', '},\n"attachments": [')


def reads(code):
    try:
        compile(code, "document", "exec")
        return True
    except SyntaxError:
        return False


def changed(code):
    """The only changes that a user makes: the server, the credentials, and paths of one's own files."""
    return (
        code.replace(HOST, ORIGIN)
        .replace(CREDENTIALS, repr({"username": USER, "password": PASSWORD}))
        .replace('"path/to/image.png"', repr(str(EXAMPLES / "image.png")))
        .replace('"/path/to/some_report.pdf"', repr(str(EXAMPLES / "some_report.pdf")))
        .replace('"some-file.dcm"', repr(str(EXAMPLES / "dicom-file.dcm")))
    )


def assignment(names, **params):
    found = requests.get(names["root"] + "/qa/unittestcollections/", params, headers=names["headers"]).json()
    assert found["count"] >= 1, (params, found)
    return found["results"][0]["url"]


def day_tests(names, cycle_utc, day):
    cycle = requests.get(cycle_utc, headers=names["headers"]).json()["tests_object"]
    test_list = requests.get(cycle, headers=names["headers"]).json()["test_lists"][day]
    tests = [requests.get(url, headers=names["headers"]).json() for url in requests.get(test_list, headers=names["headers"]).json()["tests"]]
    return {test["slug"]: {"value": 1} for test in tests if test["type"] not in ("composite", "scomposite", "constant")}


NUMBERS = {"number_1": {"value": 1}, "number_2": {"value": 2}}


def submit_fragment(names):
    """A block that only shows a part of `data` is submitted with the rest that the text around it names."""
    data = dict(names["data"])
    data.setdefault("work_started", "2018-07-6 10:00")
    data.setdefault("work_completed", "2018-07-6 11:00")
    if "day" in data:
        # the second kind of objects that can be assigned is a cycle
        data["unit_test_collection"] = assignment(names, unit__number=1, content_type=2)
        data["tests"] = day_tests(names, data["unit_test_collection"], data["day"])
    elif "upload_text_test" in data.get("tests", {}):
        data["unit_test_collection"] = assignment(names, unit__number=1, test_list__tests__slug="upload_text_test")
    else:
        data["unit_test_collection"] = names["utc_url"]
        data["tests"] = data.get("tests") or NUMBERS
    resp = requests.post(names["root"] + "/qa/testlistinstances/", json=data, headers=names["headers"])
    assert resp.status_code == 201, (data, resp.status_code, resp.text)
    return resp.json()


def main():
    # the document's own placeholder for any address of the API
    names = {"requests": requests, "api": ORIGIN + "/api/"}
    run = 0
    for line, code in blocks(DOCUMENT):
        code = changed(code)
        if not code.strip():
            print("line %d: no code by itself, only a shape" % line)
            continue
        names.pop("resp", None)
        names.pop("data", None)
        exec(compile("import base64\n" + code, "document line %d" % line, "exec"), names)
        run += 1
        resp = names.get("resp")
        if resp is not None:
            assert resp.status_code in (200, 201), (line, resp.status_code, resp.text)
        if isinstance(names.get("data"), dict) and resp is None:
            session = submit_fragment(names)
            print("line %d: submitted as session %s" % (line, session["url"]))
    assert names["page"].json()["next"] is None
    assert len(names["user_key"]) == 32
    created = requests.get(names["root"] + "/qa/testlistinstances/", {"user_key": "12345"}, headers=names["headers"]).json()
    assert created["count"] == 1, created
    numbers = [test["value"] for test in created["results"][0]["test_instances"]]
    assert numbers == [1.0, 2.0, 3.0], numbers
    assert run >= 18, "only %d blocks of the document ran" % run
    print("ran %d blocks of the document" % run)


main()
