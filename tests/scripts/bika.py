"""Requests of the users' document of Bika's JSON API, as its readers write them: urllib and a cookie.

usage: bika.py ORIGIN
"""

import json
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

ORIGIN = sys.argv[1]


def log_in(username, password):
    """An opener that carries the cookie of the login form."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    params = urllib.parse.urlencode(
        {"form.submitted": 1, "pwd_empty": 0, "__ac_name": username, "__ac_password": password, "submit": "Log in"}
    ).encode()
    with opener.open(f"{ORIGIN}/Plone/login_form", params) as answer:
        assert "You are now logged in" in answer.read().decode()
    return opener


def call(opener, route, *pairs, **named):
    query = urllib.parse.urlencode([*pairs, *named.items()])
    with opener.open(f"{ORIGIN}/Plone/@@API/{route}?{query}") as answer:
        data = json.load(answer)
    for key in ("url", "_runtime", "success", "error"):
        assert key in data, (route, data)
    assert data["success"] and not data["error"], (route, pairs, named, data)
    return data


def paths(data):
    return [each["path"] for each in data["objects"]]


def run_document(lab):
    """Every request of the document, from top to bottom."""
    assert call(lab, "read", portal_type="Client")["total_objects"] == 5
    ar = "/Plone/clients/client-1/W13-0001-R01"
    call(lab, "update", obj_path=ar, Contact="portal_type:Contact|getFullname:Sarel Seemonster")
    for suffix in (":list", "[]"):
        key = f"CCContact{suffix}"
        call(
            lab,
            "update",
            ("obj_path", ar),
            (key, "portal_type:Contact|getFullname:Sarel Seemonster"),
            (key, "portal_type:Contact|getFullname:Rita Mohale"),
        )
    received = call(lab, "read", portal_type="Sample", review_state="sample_received", include_fields="getPhysicalPath")
    assert (received["total_objects"], received["first_object_nr"], received["last_object_nr"]) == (35, 0, 10)
    assert paths(received) == [
        "/Plone/clients/client-3/AP-0001",
        "/Plone/clients/client-1/BAR-0001",
        "/Plone/clients/client-5/BR-0001",
        "/Plone/clients/client-1/BR-0002",
        "/Plone/clients/client-3/CN-0001",
        "/Plone/clients/client-4/CN-0002",
        "/Plone/clients/client-1/CN-0003",
        "/Plone/clients/client-3/CN-0004",
        "/Plone/clients/client-2/DU-0001",
        "/Plone/clients/client-2/DU-0002",
    ], paths(received)
    parts = call(
        lab,
        "read",
        portal_type="SamplePartition",
        path="/Plone/clients/client-3/AP-0001",
        include_fields="getPhysicalPath",
    )
    assert paths(parts) == [f"/Plone/clients/client-3/AP-0001/AP-0001-P{n}" for n in (1, 2, 3)]
    call(lab, "create", obj_path="/Plone/batches", obj_type="Batch", title="ATestBatch")
    call(
        lab,
        "create",
        obj_path="/Plone/clients/client-1/AP1-0001-R01",
        obj_type="Analysis",
        Service="portal_type:AnalysisService|title:Calcium",
    )
    register(lab, "Apple Pulp")
    call(lab, "update", obj_path="Plone/clients/client-3/CN-0001-R01/Zn", Result="10")
    call(lab, "update", obj_type="AnalysisRequest", id="H2O-0003-R01", Batch="portal_type:Batch,title:A Batch")
    values = {f"/Plone/clients/client-5/BAR-0014-R01/{key}": {"Result": n} for key, n in (("DM", 57), ("CaCO3", 76), ("Moist", 83))}
    assert len(call(lab, "update_many", input_values=json.dumps(values))["updates"]) == 3


def register(lab, sample_type):
    return call(
        lab,
        "create",
        ("obj_path", "/Plone/clients/client-1/AP1-0001-R01"),
        ("obj_type", "AnalysisRequest"),
        ("Client", "portal_type:Client|id:client-1"),
        ("Services:list", "portal_type:AnalysisService|title:Calcium"),
        ("Services:list", "portal_type:AnalysisService|title:Copper"),
        ("Services:list", "portal_type:AnalysisService|title:Magnesium"),
        ("SampleType", f"portal_type:SampleType|title:{sample_type}"),
        ("Contact", "portal_type:Contact|getFullname:Rita Mohale"),
        ("SamplingDate", "2013-09-29"),
    )


def take_to_publication(lab, second, count):
    """Registers samples and brings them to publication; the second person verifies what the first entered."""
    made = [register(lab, "Water") for _ in range(count)]
    ids = [each["ar_id"] for each in made]
    assert len(set(ids)) == count
    numbers = [int(each["sample_id"].split("-")[1]) for each in made]
    assert numbers == list(range(numbers[0], numbers[0] + count))
    chosen = [("id:list", each) for each in ids]
    call(lab, "doActionFor", ("portal_type", "AnalysisRequest"), ("page_size", "0"), ("action", "receive"), *chosen)
    values = {each["path"]: {"Result": f"{n}.5"} for n, one in enumerate(made) for each in one["analyses"]}
    call(lab, "update_many", input_values=json.dumps(values))
    requests = [("getRequestID:list", each) for each in ids]
    call(lab, "doActionFor", ("catalog_name", "bika_analysis_catalog"), ("page_size", "0"), ("action", "submit"), *requests)
    for who, action in ((second, "verify"), (lab, "publish")):
        call(who, "doActionFor", ("portal_type", "AnalysisRequest"), ("page_size", "0"), ("action", action), *chosen)
    done = call(
        lab,
        "read",
        ("portal_type", "AnalysisRequest"),
        ("page_size", "0"),
        ("include_fields", "review_state,DatePublished,Analyses"),
        *chosen,
    )
    assert {each["review_state"] for each in done["objects"]} == {"published"}
    assert all(each["DatePublished"] for each in done["objects"])
    assert {a["review_state"] for each in done["objects"] for a in each["Analyses"]} == {"published"}


if __name__ == "__main__":
    laboratory = log_in("admin", "secret")
    run_document(laboratory)
    print("ran the requests of the document")
    take_to_publication(laboratory, log_in("labmanager", "demo"), 50)
    print("took 50 samples from registration to publication")
