"""Makes every request of the Quality-time users' document in its order, with only the host changed.

usage: python3 quality_time.py http://127.0.0.1:8080 [http://127.0.0.1:8081]

The server must be a demonstration. With a second address a report is copied there as the document describes; with one
it is copied to the same server, which is allowed too.
"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

SOURCE = sys.argv[1]
DESTINATION = sys.argv[2] if len(sys.argv) > 2 else SOURCE
REPORT = "f1d0e056-2440-43bd-b640-f6753ccf4496"
METRIC = "d4c0dea1-b072-417f-804e-6045544748db"
EXPORTED = "97b2f341-45ce-4f2b-9a71-3675f2f54cf7"
COPIED = "1352450b-30fa-4a82-aec5-7b5d0017ee13"


def get(opener, url):
    with opener.open(url) as answer:
        return answer.headers["Content-Type"], answer.read()


def post(opener, url, body):
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with opener.open(request) as answer:
        return json.load(answer)


def logged_in(origin):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    answer = post(opener, f"{origin}/api/v3/login", b'{"username": "jadoe", "password": "secret"}')
    assert answer["ok"] is True, answer
    return opener


anybody = urllib.request.build_opener()

# API
for path in ("/api", "/api/v3", "/api/v3/report", "/api/v3/login"):
    kind, body = get(anybody, SOURCE + path)
    assert kind == "application/json", kind
    assert json.loads(body), path
assert "/api/v3/report/<report_uuid>/pdf" in json.loads(get(anybody, f"{SOURCE}/api")[1])
assert "/api/v3/login" in json.loads(get(anybody, f"{SOURCE}/api/v3/login")[1])

# Export to PDF
pdf = f"{SOURCE}/api/v3/report/{REPORT}/pdf"
for query in (
    "",
    "?metrics_to_hide=no_action_needed",
    "?metrics_to_hide=all",
    "?hidden_columns=target,comment",
    "?hidden_tags=security,usability",
    f"?tabs={METRIC}:0",
    "?nr_dates=5",
    "?date_interval=7",
    "?show_issue_summary=true",
    "?report_date=2020-09-01",
    f"?report_url=https://www.quality-time.example.org/{REPORT}",
):
    kind, body = get(anybody, pdf + query)
    assert kind == "application/pdf" and body.startswith(b"%PDF"), (query, kind)
kind, body = get(anybody, f"{SOURCE}/api/v3/reports_overview/pdf")
assert kind == "application/pdf" and body.startswith(b"%PDF"), kind

# Exporting reports
source = logged_in(SOURCE)
kind, body = get(source, f"{SOURCE}/api/v3/report/{EXPORTED}/json")
assert kind == "application/json", kind
exported = json.loads(body)
assert exported["report_uuid"] == EXPORTED and b"demo password" not in body

# Importing reports
answer = post(source, f"{SOURCE}/api/v3/report/import", body)
assert answer["ok"] is True and answer["new_report_uuid"] != EXPORTED, answer

# Copying reports from one instance to another
public_key = json.loads(get(anybody, f"{DESTINATION}/api/v3/public_key")[1])["public_key"]
encoded = urllib.parse.quote_plus(public_key)
_, report = get(source, f"{SOURCE}/api/v3/report/{COPIED}/json?public_key={encoded}")
destination = logged_in(DESTINATION)
answer = post(destination, f"{DESTINATION}/api/v3/report/import", report)
assert answer["ok"] is True, answer

# Monitoring metric statuses: what fails a build
summary = json.loads(get(anybody, f"{SOURCE}/api/v3/report/{REPORT}/metric_status_summary")[1])
assert summary["report_uuid"] == REPORT and summary["red"] > 0, summary
assert set(summary) == {"report_uuid", "title", "red", "green", "yellow", "grey", "blue", "white"}
summary = json.loads(get(anybody, f"{SOURCE}/api/v3/report/{EXPORTED}/metric_status_summary")[1])
assert summary["red"] == 0, summary

# Monitoring the version
server = json.loads(get(anybody, f"{SOURCE}/api/v3/server")[1])
assert list(server) == ["version"] and server["version"].startswith("v"), server

print("every request gave what the document says")
