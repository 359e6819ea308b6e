"""The official OpenAI client. Only base_url and api_key differ from calling OpenAI."""
import os

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get("TOLLGATE_URL", "http://localhost:8000") + "/v1",
    api_key=os.environ.get("TOLLGATE_KEY", "any-key"),
    default_headers={"x-tollgate-project": "samples"},
)

answer = client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Hello!"}],
)
print(answer.choices[0].message.content, answer.usage)

for chunk in client.chat.completions.create(
    model="gpt-4o-mini",
    messages=[{"role": "user", "content": "Hello again!"}],
    stream=True,
):
    print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
