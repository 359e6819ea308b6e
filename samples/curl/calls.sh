#!/usr/bin/env bash
# One call in each dialect. Needs curl.
set -euo pipefail
url=${TOLLGATE_URL:-http://localhost:8000}
key=${TOLLGATE_KEY:-any-key}

echo "== OpenAI: the cost is in a header"
curl -sS --fail-with-body -D - "$url/v1/chat/completions" \
  -H "authorization: Bearer $key" -H 'content-type: application/json' \
  -H 'x-tollgate-user: jane' -H 'x-tollgate-project: samples' \
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello!"}]}'

echo; echo "== Anthropic, streamed"
curl -sS --fail-with-body -N "$url/v1/messages" \
  -H "x-api-key: $key" -H 'anthropic-version: 2023-06-01' -H 'content-type: application/json' \
  -d '{"model": "claude-haiku-4-5", "max_tokens": 64, "stream": true, "messages": [{"role": "user", "content": "Hello!"}]}'

echo "== Gemini"
curl -sS --fail-with-body "$url/v1beta/models/gemini-2.5-flash:generateContent" \
  -H "x-goog-api-key: $key" -H 'content-type: application/json' \
  -d '{"contents": [{"role": "user", "parts": [{"text": "Hello!"}]}]}'
echo
