-- Reads of the management API, one after another: wrk … -s readers.lua URL -- TOKEN
-- Prints one line: requests, non-2xx, socket errors, microseconds, and p50 and p99 in microseconds.

function init(args)
  wrk.headers["Authorization"] = "Bearer " .. args[1]
  local range = "from=2026-10-01&to=2026-10-30&tz=Europe/Berlin"
  local paths = { "summary?" .. range, "series?group=model&bucket=day&" .. range, "calls?limit=50&" .. range }
  requests = {}
  for i, path in ipairs(paths) do requests[i] = wrk.format("GET", "/api/v1/" .. path) end
  next_request = 0
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration,
    latency:percentile(50), latency:percentile(99)))
end
