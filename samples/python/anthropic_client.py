"""The official Anthropic client. A base_url that ends in /v1 works too."""
import os

from anthropic import Anthropic

client = Anthropic(
    base_url=os.environ.get("TOLLGATE_URL", "http://localhost:8000"),
    api_key=os.environ.get("TOLLGATE_KEY", "any-key"),
)

answer = client.messages.create(
    model="claude-haiku-4-5",
    max_tokens=64,
    messages=[{"role": "user", "content": "Hello!"}],
)
print(answer.content[0].text, answer.usage)
