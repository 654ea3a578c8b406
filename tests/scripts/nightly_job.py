"""What a nightly job does: find an assignment by unit and list, submit, read back the history of one test.

usage: python3 nightly_job.py http://127.0.0.1:8080 [user [password]]
"""

import datetime
import sys

import requests

ORIGIN = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
USER = sys.argv[2] if len(sys.argv) > 2 else "user"
PASSWORD = sys.argv[3] if len(sys.argv) > 3 else "password"
UNIT_NUMBER = 1
LIST_NAME = "Simple API Example"


class QATrack:
    def __init__(self, origin, username, password):
        self.api = origin + "/api"
        self.http = requests.Session()
        answer = self.http.post(self.api + "/get-token/", {"username": username, "password": password})
        answer.raise_for_status()
        self.http.headers["Authorization"] = "Token " + answer.json()["token"]

    def get(self, path, **params):
        answer = self.http.get(self.api + path, params=params)
        answer.raise_for_status()
        return answer.json()

    def all(self, path, **params):
        """Every result of a list; the parameters are sent again with each next page, as some clients do."""
        page = self.get(path, **params)
        yield from page["results"]
        while page["next"]:
            answer = self.http.get(page["next"], params=params)
            answer.raise_for_status()
            page = answer.json()
            yield from page["results"]

    def post(self, path, data):
        return self.http.post(self.api + path, json=data)


def submit(qatrack, data):
    """Submits once; tests that the server finds missing are sent again as skipped."""
    answer = qatrack.post("/qa/testlistinstances/", data)
    if answer.status_code == 400:
        for problem in answer.json().get("non_field_errors", []):
            if "missing data for tests" in problem.lower():
                names = problem.splitlines()[0].split(":")[-1].split(",")
                skipped = {name.strip(): {"value": None, "skipped": True} for name in names}
                answer = qatrack.post("/qa/testlistinstances/", {**data, "tests": {**data["tests"], **skipped}})
                break
    return answer


def main():
    qatrack = QATrack(ORIGIN, USER, PASSWORD)
    found = qatrack.get("/qa/unittestcollections/", name=LIST_NAME, unit__number=UNIT_NUMBER)
    assert found["count"] == 1, found
    assignment = found["results"][0]["url"]

    # in UTC, so that it does not matter in which zone this job runs
    now = datetime.datetime.now(datetime.timezone.utc)
    started = now - datetime.timedelta(minutes=5)
    user_key = "nightly %s" % now.isoformat()
    data = {
        "unit_test_collection": assignment,
        "work_started": started.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "user_key": user_key,
        "tests": {"number_1": {"value": 1.25}, "number_2": {"value": 2.5}},
    }
    assert qatrack.get("/qa/testlistinstances/", user_key=user_key)["count"] == 0
    answer = submit(qatrack, data)
    assert answer.status_code == 201, answer.text
    again = submit(qatrack, data)
    assert again.status_code == 400 and "already exists" in again.json()["user_key"][0], again.text
    assert qatrack.get("/qa/testlistinstances/", user_key=user_key)["count"] == 1

    incomplete = submit(qatrack, {**data, "user_key": None, "tests": {"sum_of_two": {"skipped": True}, "number_2": {"value": 1}}})
    assert incomplete.status_code == 201, incomplete.text
    assert incomplete.json()["tests"]["number_1"]["skipped"] is True, incomplete.text

    history = list(
        qatrack.all(
            "/qa/testinstances/",
            unit_test_info__unit__number=UNIT_NUMBER,
            unit_test_info__test__slug="number_1",
            ordering="-work_completed",
            limit=2,
        )
    )
    values = [(item["work_completed"], item["value"]) for item in history]
    assert values == sorted(values, key=lambda pair: pair[0], reverse=True), values
    assert 1.25 in [value for _, value in values], values
    print("submitted, and read back %d results" % len(values))


main()
