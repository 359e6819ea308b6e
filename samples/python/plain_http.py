"""No client library: a streamed call, and afterwards what it cost. Needs nothing but Python 3."""
import json
import os
import urllib.request

URL = os.environ.get("TOLLGATE_URL", "http://localhost:8000")
KEY = os.environ.get("TOLLGATE_KEY", "any-key")


def call(path, body=None):
    request = urllib.request.Request(
        URL + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"authorization": "Bearer " + KEY, "content-type": "application/json", "x-tollgate-session": "sample-1"},
    )
    return urllib.request.urlopen(request)


with call("/v1/chat/completions", {
    "model": "gpt-4o-mini",
    "stream": True,
    "messages": [{"role": "user", "content": "Hello!"}],
}) as answer:
    request_id = answer.headers["x-tollgate-request-id"]
    for line in answer:
        if line.startswith(b"data: {"):
            for choice in json.loads(line[6:])["choices"]:
                print(choice["delta"].get("content") or "", end="", flush=True)
print()

# A streamed answer's cost is known only after its headers have gone: ask for the call by its id.
with call("/api/calls/" + request_id) as answer:
    booked = json.load(answer)
    print("cost in USD:", booked["cost_usd"], "- output tokens:", booked["attempts"][0]["output_tokens"])
