"""Simulations over HTTP, with nothing but Python 3: simulate, compare, recommend, and export in the background."""
import json
import os
import time
import urllib.error
import urllib.request

URL = os.environ.get("TOLLGATE_URL", "http://localhost:8000")
TOKEN = os.environ["TOLLGATE_TOKEN"]


def call(method, path, body=None):
    """Returns the status and the JSON of a response; prints the problem of a refused request."""
    request = urllib.request.Request(
        URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": "Bearer " + TOKEN, "content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        problem = json.load(refused)
        raise SystemExit(f"{problem['status']} {problem['code']}: {problem['detail']}") from refused


status, simulation = call("POST", "/simulation", {
    "n_simulations": 10_000,
    "mechanisms": ["per_token", "bundle", "hybrid", "cached"],
    "seed": 42,
})
while status == 202:  # A long simulation: its result follows.
    time.sleep(1)
    status, simulation = call("GET", "/results/" + simulation["simulation_id"])
for plan, charges in simulation["results"].items():
    print(f"{plan}: {charges['mean']:.2f} USD per month, {charges['p95']:.2f} in a bad one")

_, comparison = call("POST", "/compare", {"simulation_id": simulation["simulation_id"]})
print("cheapest on average:", comparison["comparison"][0]["mechanism"])

_, advice = call("POST", "/optimize", {
    "simulation_id": simulation["simulation_id"],
    "user_profile": {"risk_tolerance": "low", "usage_volume": 50_000_000, "predictability_preference": 0.8},
})
print("recommended:", advice["recommended_mechanism"])

_, job = call("POST", "/api/v1/jobs/export", {"format": "csv", "range": "7d"})
while job["status"] in ("queued", "running"):
    time.sleep(0.2)
    _, job = call("GET", "/api/v1/jobs/" + job["id"])
print("export:", job["status"], job["result"]["bytes"], "bytes")
