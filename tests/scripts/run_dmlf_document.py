"""Runs the code of the DMLF users' document from top to bottom, with only host and credentials changed.

usage: python3 run_dmlf_document.py DOCUMENT http://127.0.0.1:8080 [user [password]]

The server must be a fresh demonstration: the document registers a sample with a fixed id, twice, so that one of both
calls is made with another id. `sample_info_file` is what the document leaves to its reader: the JSON made above it.
"""

import os
import sys
from pathlib import Path

import requests

DOCUMENT = Path(sys.argv[1]).read_text(encoding="utf-8")
ORIGIN = sys.argv[2]
USER = sys.argv[3] if len(sys.argv) > 3 else "researcher"
PASSWORD = sys.argv[4] if len(sys.argv) > 4 else "password"
os.chdir(Path(__file__).resolve().parents[2] / "examples")


def blocks(text):
    """Code by its first word; indentation is that of the document, and prose never reads as Python."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        best = None
        for end in range(at + 1, min(len(lines), at + 60) + 1):
            candidate = "\n".join(lines[at:end])
            if lines[end - 1].strip() and is_code(candidate):
                best = end
        if best is None:
            at += 1
            continue
        yield at + 1, "\n".join(lines[at:best])
        at = best


def is_code(text):
    first = text.splitlines()[0]
    if not first or not first.startswith(("import ", "BASE_URL", "with ", "def ", "#")) and " = " not in first and "(" not in first:
        return False
    # headings of one word would be names to Python
    if any(line.strip().isidentifier() for line in text.splitlines()):
        return False
    try:
        compile(text, "document", "exec")
        return True
    except SyntaxError:
        return False


def main():
    names = {"username": USER, "password": PASSWORD}
    asked = []
    original = requests.Session.request

    def recorded(self, method, url, **rest):
        response = original(self, method, url, **rest)
        asked.append((method, url, response.status_code))
        return response

    requests.Session.request = recorded
    run = 0
    for line, code in blocks(DOCUMENT):
        code = code.replace("'https://dmlf.de/'", repr(ORIGIN + "/"))
        if "sample_info_file" in code:
            names["sample_info_file"] = names["sample_info_json"]
        before = len(asked)
        exec(compile(code, "document line %d" % line, "exec"), names)
        run += 1
        for method, url, status in asked[before:]:
            created = method.upper() == "POST" and ("/samples/" in url or "/experiments/" in url)
            assert status == (201 if created else 200), (line, method, url, status, names["response"].text)
            if created and "/samples/" in url:
                # the document makes the same sample again, with files
                taken = names["session"].post(names["SAMPLES_ENDPOINT"], data=names["sample_data"], files={})
                assert "already exists" in taken.text, taken.text
                removed = names["session"].delete(names["SAMPLES_ENDPOINT"] + names["sample_data"]["sample_id"])
                assert removed.status_code == 204, removed.text
                again = names["session"].post(
                    names["SAMPLES_ENDPOINT"],
                    data=names["sample_data"],
                    files={"sample_info": ("sample_info.json", names["sample_info_json"], "application/json")},
                )
                assert again.status_code == 201, again.text
                if "supplementary_file" not in code:
                    names["session"].delete(names["SAMPLES_ENDPOINT"] + names["sample_data"]["sample_id"])
    experiment = names["response"].json()
    assert names["session"].get(experiment["experiment_file"]).content == Path("experiment.zip").read_bytes()
    sample = names["session"].get(names["SAMPLES_ENDPOINT"] + experiment["sample"]).json()
    assert names["session"].get(sample["sample_info"]).json()["manufacturer"] == "car manufacturer"
    assert [each["city"] for each in names["session"].get(names["INSTITUTES_ENDPOINT"], params={"city": "Dresden"}).json()] == ["Dresden"]
    expired = names["make_api_request"](names["INSTITUTES_ENDPOINT"], {"access": "expired", "refresh": names["refresh_token"]})
    assert expired.status_code == 200, expired.text
    print("ran %d blocks of the document" % run)


main()
