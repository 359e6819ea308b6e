#!/usr/bin/env bash
# Calls a gateway over 64 connections, alternately alone and beside 50 readers of its management API, and prints both.
# bench/gateway/readers.sh PROGRAM_FOLDER LEDGER_FOLDER [ROUNDS] [SECONDS]
# The ledger is one that bench/ledger --scale filled; keys, accounts and calls are added to it.
set -euo pipefail
program=$(realpath "$1") ledger=$(realpath "$2") rounds=${3:-5} seconds=${4:-6}
cd "$(dirname "$0")"
sources=$PWD
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-readers.XXXXXX")
tollgate=("$program/tollgate")
[ ! -f "$program/tollgate.dll" ] || tollgate=(dotnet "$program/tollgate.dll")
chmod 755 "$folder" # The workers of nginx have another user.
started=()
stop() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap stop EXIT

mkdir "$folder/answers"
cp nginx/answer.* "$folder/answers/"
nginx -p "$folder" -c "$sources/nginx/upstream.conf" -g "daemon off;" & started+=($!)
password=$(head -c 18 /dev/urandom | base64)
account=reader-$$
"${tollgate[@]}" accounts add "$account" --admin --password-stdin --data "$ledger" <<< "$password" > "$folder/account"
key=$("${tollgate[@]}" keys create --name "bench-$$" --user ada --data "$ledger" | grep '^tg-')
url=http://127.0.0.1:19403
OPENAI_API_KEY=sk-bench OPENAI_BASE_URL=http://127.0.0.1:19400/v1 \
  "${tollgate[@]}" serve --data "$ledger" --urls "$url" > "$folder/log" 2>&1 & started+=($!)
until curl -sf "$url/health" > /dev/null || curl -s -o /dev/null "$url/"; do sleep 0.2; done
token=$(curl -s "$url/api/auth/login" -H 'content-type: application/json' \
  -d "{\"username\": \"$account\", \"password\": \"$password\"}" | sed -E 's/.*"access_token": *"([^"]+)".*/\1/')

call() { wrk -t1 -c64 "-d${1}s" -s calls.lua "$url" -- plain 1024 Authorization "Bearer $key" | sed -n 's/^RESULT //p'; }
read_usage() { wrk -t1 -c50 "-d${1}s" --timeout 60s -s readers.lua "$url" -- "$token" | sed -n 's/^RESULT //p'; }
show() { awk -v what="$1" '{ printf "| %s | %d | %d | %.2f | %.2f |\n", what, $1 / ($4 / 1e6), $2 + $3, $5 / 1e3, $6 / 1e3 }'; }

call 10 > /dev/null
read_usage 5 > /dev/null
echo "| what | requests/s | failed | p50 ms | p99 ms |"
echo "| --- | ---: | ---: | ---: | ---: |"
for ((round = 1; round <= rounds; round++)); do
  call "$seconds" | show "calls alone"
  read_usage "$((seconds + 2))" > "$folder/reads" & reading=$!
  sleep 1
  call "$seconds" | show "calls beside readers"
  wait "$reading"
  show "reads" < "$folder/reads"
done
read_usage "$seconds" | show "reads alone"
