"""The calls of the QATrack+ users' document, in its order, against a running demonstration.

usage: python3 qatrack.py http://127.0.0.1:8080 [user [password]]

Needs `requests`. Ends with status 1 and the first difference when an answer is not what the document says.
"""

import base64
import sys
import uuid
from pathlib import Path

import requests

ORIGIN = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
USER = sys.argv[2] if len(sys.argv) > 2 else "user"
PASSWORD = sys.argv[3] if len(sys.argv) > 3 else "password"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

root = ORIGIN + "/api"


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}\n  expected {expected!r}\n  found    {found!r}")


def check_that(what, holds, found=""):
    if not holds:
        sys.exit(f"{what}\n  found {found!r}")


# Getting an API token
resp = requests.post(root + "/get-token/", {"username": USER, "password": PASSWORD})
check("status of the token", resp.status_code, 200)
token = resp.json()["token"]
check_that("a token has 40 hexadecimal digits", len(token) == 40 and int(token, 16) >= 0, token)
again = requests.post(root + "/get-token/", json={"username": USER, "password": PASSWORD})
check("asking again gives the same token", again.json()["token"], token)
headers = {"Authorization": "Token %s" % token}

# Viewing the API online
page = requests.get(ORIGIN + "/api", headers={**headers, "Accept": "text/html"})
check("a browser gets a page", page.headers["Content-Type"], "text/html; charset=utf-8")
resp = requests.get(root + "/schema", headers=headers)
check_that("the schema is read as JSON", "/api/qa/testlists/" in resp.json()["paths"])

# Getting a list of available units
units = requests.get(root + "/units/units", headers=headers).json()
check("a list has these keys", list(units), ["count", "next", "previous", "results"])
first = next(unit for unit in units["results"] if unit["name"] == "Unit 1")
check("Unit 1", first["url"], root + "/units/units/5/")
expected = {
    "active": True,
    "date_acceptance": "2018-01-01",
    "install_date": None,
    "is_serviceable": False,
    "location": "",
    "modalities": [root + "/units/modalities/1/", root + "/units/modalities/2/"],
    "name": "Unit 1",
    "number": 1,
    "restricted": False,
    "serial_number": "",
    "site": None,
    "type": root + "/units/unittypes/7/",
    "url": root + "/units/units/5/",
}
check("Unit 1 as the document shows it", {key: first.get(key) for key in expected}, expected)

# Getting a specific unit's details, with and without the slash
third = requests.get(root + "/units/units/1", headers=headers).json()
check("the name of unit 1", third["name"], "Unit 3")
check("its place and number", (third["location"], third["serial_number"]), ("TBCC", "799"))
check("the slash makes no difference", requests.get(root + "/units/units/1/", headers=headers).json(), third)

# Getting a list of test lists, and one of them
lists = requests.get(root + "/qa/testlists", headers=headers).json()
accessory = next(item for item in lists["results"] if item["name"] == "Accessory inspection")
check("Accessory inspection", (accessory["slug"], accessory["warning_message"]), ("accessory-inspection", "Do not treat"))
check("its tests", len(accessory["tests"]), 2)
check("its details", requests.get(accessory["url"], headers=headers).json(), accessory)
check_that("test list 1", requests.get(root + "/qa/testlists/1", headers=headers).json()["url"].endswith("/testlists/1/"))

# Pagination of data
page1 = requests.get(root + "/qa/testlists/?limit=10&offset=0", headers=headers)
page2 = requests.get(root + "/qa/testlists/?limit=10&offset=10", headers=headers)
check("next leads to the second page", requests.get(page1.json()["next"], headers=headers).json(), page2.json())
page3 = requests.get(page2.json()["next"], headers=headers)
check("previous leads back", requests.get(page3.json()["previous"], headers=headers).json(), page2.json())
seen = []
page = requests.get(root + "/qa/testlists/?limit=10&offset=0", headers=headers)
seen += page.json()["results"]
while page.json()["next"]:
    page = requests.get(page.json()["next"], headers=headers)
    seen += page.json()["results"]
check("the loop sees every list once", len({item["url"] for item in seen}), page.json()["count"])

# Filtering and ordering data
found = requests.get(root + "/qa/testlists/?name__contains=Sim", headers=headers).json()["results"]
check_that("all names contain Sim", found and all("Sim" in item["name"] for item in found), found)
resp = requests.get(root + "/qa/unittestcollections/?unit__name__icontains=Unit 1", headers=headers).json()
check_that("assignments on Unit 1", resp["count"] > 0 and resp["results"][0]["unit"] == first["url"], resp)
params = {
    "unit_test_info__unit__name__icontains": "Unit 1",
    "unit_test_info__test__name__icontains": "output",
    "ordering": "-work_completed",
}
payload = requests.get(root + "/qa/testinstances/", params, headers=headers).json()
completed = [item["work_completed"] for item in payload["results"]]
check_that("results of two years, the newest first", completed and payload["count"] > 100, payload["count"])

# Uploading data
query = "?unit__name__icontains=Unit 1&test_list__name__icontains=Simple API Example"
resp = requests.get(root + "/qa/unittestcollections/" + query, headers=headers)
check("the example is assigned once", resp.json()["count"], 1)
utc_url = resp.json()["results"][0]["url"]
user_key = str(uuid.uuid4())
data = {
    "unit_test_collection": utc_url,
    "day": 0,
    "in_progress": False,
    "include_for_scheduling": True,
    "work_started": "2018-07-6 10:00",
    "work_completed": "2018-07-6 11:00",
    "user_key": user_key,
    "comment": "test list comment",
    "tests": {
        "number_1": {"value": 1, "comment": "hello number 1"},
        "number_2": {"value": 2, "skipped": False},
    },
    "attachments": [],
}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("status of a session", resp.status_code, 201)
session = resp.json()
check("where it is", resp.headers["Location"], session["url"])
check("when it was started", session["work_started"], "2018-07-06T10:00:00-04:00")
check("when it was completed", session["work_completed"], "2018-07-06T11:00:00-04:00")
check("nobody has reviewed it", (session["all_reviewed"], session["reviewed"], session["reviewed_by"]), (False, None, None))
check("its page", session["site_url"], ORIGIN + "/qa/session/details/" + session["url"].split("/")[-2] + "/")
check("its tests", list(session["tests"]), ["number_1", "number_2", "sum_of_two"])
total = session["tests"]["sum_of_two"]
check("the sum", (total["value"], total["value_display"]), (3.0, "3"))
check("there is no tolerance", total["pass_fail"], ["no_tol", "No Tol Set"])
check("status without host", total["status"], "/api/qa/testinstancestatus/1/")
check("the comment on a test", session["tests"]["number_1"]["comment"], "hello number 1")

# Performing a test list cycle
cycles = requests.get(root + "/qa/testlistcycles/", headers=headers).json()["results"]
days = {len(cycle["test_lists"]): cycle for cycle in cycles}
cycle_url = days[2]["url"]
cycle_id = cycle_url.split("/")[-2]
resp = requests.get(root + "/qa/unittestcollections/", {"test_list_cycle": cycle_id, "unit__number": 1}, headers=headers)
cycle_utc = resp.json()["results"][0]["url"]
tests = requests.get(days[2]["test_lists"][1], headers=headers).json()["tests"]
entries = {}
for url in tests:
    test = requests.get(url, headers=headers).json()
    if test["type"] not in ("composite", "scomposite", "constant"):
        entries[test["slug"]] = {"value": "text" if test["type"] == "string" else 1}
data = {
    "unit_test_collection": cycle_utc,
    "day": 1,
    "work_started": "2018-07-6 10:00",
    "work_completed": "2018-07-6 11:00",
    "tests": entries,
}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("status of day 2: %s" % resp.text, resp.status_code, 201)
check("the list of day 2", (resp.json()["day"], resp.json()["test_list"]), (1, days[2]["test_lists"][1]))
del data["day"]
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("a cycle without day", resp.json(), {"non_field_errors": ["You must include the 'day' key when performing a Test List Cycle"]})

# Upload test types
resp = requests.get(root + "/qa/unittestcollections/", {"unit__number": 1, "test_list__tests__slug": "upload_text_test"}, headers=headers)
upload_utc = resp.json()["results"][0]["url"]
data = {
    "unit_test_collection": upload_utc,
    "work_started": "2018-07-6 10:00",
    "work_completed": "2018-07-6 11:00",
    "tests": {
        "upload_text_test": {"filename": "test.txt", "value": "hello text", "encoding": "text"},
        "upload_binary_test": {
            "filename": "image.png",
            "value": base64.b64encode(open(EXAMPLES / "image.png", "rb").read()).decode(),
            "encoding": "base64",
        },
    },
}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("status of uploads: %s" % resp.text, resp.status_code, 201)
uploaded = resp.json()["tests"]["upload_binary_test"]["attachments"][0]
content = requests.get(ORIGIN + uploaded, headers=headers).content
check("the file comes back", content, open(EXAMPLES / "image.png", "rb").read())
check("but not to everybody", requests.get(ORIGIN + uploaded).status_code, 401)

# Attachments
report = open(EXAMPLES / "some_report.pdf", "rb").read()
data = {
    "unit_test_collection": utc_url,
    "work_started": "2018-07-6 10:00",
    "tests": {"number_1": {"value": 1}, "number_2": {"value": 2}},
    "attachments": [{"filename": "some_report.pdf", "value": base64.b64encode(report).decode(), "encoding": "base64"}],
}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("status with an attachment: %s" % resp.text, resp.status_code, 201)
stored = requests.get(resp.json()["url"], headers=headers).json()["attachments"][0]
check("its name", stored["label"], "some_report.pdf")
check("its content", requests.get(stored["attachment"], headers=headers).content, report)

# Preventing duplicate entries
data = {
    "unit_test_collection": utc_url,
    "work_started": "2018-07-6 10:00",
    "user_key": user_key,
    "tests": {"number_1": {"value": 1}, "number_2": {"value": 2}},
}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=headers)
check("status of a duplicate", resp.status_code, 400)
check("what it says", resp.json(), {"user_key": ["test list instance with this user key already exists."]})
found = requests.get(root + "/qa/testlistinstances/", {"user_key": user_key}, headers=headers).json()
check("it is stored once", found["count"], 1)

# FAQ
resp = requests.get(root + "/qa/testlists/")
check("without authorization header", (resp.status_code, resp.json()["detail"]), (401, "Authentication credentials were not provided."))
resp = requests.get(root + "/qa/testlists/", headers={"Authorization": "Token 0"})
check("with an invalid one", (resp.status_code, resp.json()["detail"]), (401, "Invalid token."))
resp = requests.post(root + "/get-token/", {"username": "viewer", "password": "demo"})
viewer = {"Authorization": "Token %s" % resp.json()["token"]}
resp = requests.post(root + "/qa/testlistinstances/", json=data, headers=viewer)
check(
    "without permission to perform QA",
    (resp.status_code, resp.json()["detail"]),
    (403, "You do not have permission to perform this action."),
)

print("every call gave what the document says")
