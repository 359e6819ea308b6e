-- One fixed call, sent over and over: wrk … -s calls.lua URL -- plain|stream BYTES [HEADER VALUE]…
-- Prints one line for the runner: requests, non-2xx, socket errors, microseconds, and p50 and p99 in microseconds.

function init(args)
  local streams, size = args[1] == "stream", tonumber(args[2])
  wrk.method = "POST"
  wrk.path = "/v1/chat/completions"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["User-Agent"] = "OpenAI/JS 6.1.0"
  if streams then wrk.headers["x-bench-answer"] = "stream" end
  for i = 3, #args, 2 do wrk.headers[args[i]] = args[i + 1] end

  local head = '{"model":"gpt-4o-mini","max_tokens":200,"temperature":0.7,' .. (streams and '"stream":true,' or '') ..
    '"messages":[{"role":"system","content":"You are a careful assistant."},{"role":"user","content":"'
  local tail = '"}]}'
  local words = "How can a meter be trusted that nobody reads? "
  local text = string.rep(words, math.ceil(size / #words)):sub(1, size - #head - #tail)
  wrk.body = head .. text .. tail
  request_bytes = wrk.format()
end

function request() return request_bytes end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
