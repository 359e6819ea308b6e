#!/usr/bin/env bash
# Measures whole processes, from start to exit, on the same generated file: Tollgate, DuckDB, pandas, and wc -l as the limit.
# bench/flows/run.sh [--rows N,N] [--rounds N]
set -euo pipefail
cd "$(dirname "$0")"

rows=1000000,10000000
rounds=5
while [ $# -gt 0 ]; do
  case "$1" in
    --rows) rows=$2; shift ;;
    --rounds) rounds=$2; shift ;;
    *) echo "usage: bench/flows/run.sh [--rows N,N] [--rounds N]" >&2; exit 2 ;;
  esac
  shift
done

/usr/bin/python3 -c "import pandas" 2> /dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends python3-pandas > /dev/null; }
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-flows.XXXXXX")
trap 'rm -rf "$folder"' EXIT
cp package.json ./*.mjs "$folder"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error > /dev/null
dotnet publish ../../src/Tollgate -c Release -r linux-x64 -o "$folder/tollgate" --nologo -v quiet

file=$folder/flows.csv
tollgate() { "$folder/tollgate/tollgate" flows "$file" --definition touched --format json; }
duckdb() { node "$folder/duckdb.mjs" "$file"; }
pandas() { /usr/bin/python3 flows_pandas.py "$file"; }
wc_l() { wc -l "$file"; }

# Milliseconds of one whole process.
measure() {
  local before after
  before=$(date +%s%N)
  "$1" > "$folder/$1.out"
  after=$(date +%s%N)
  echo $(((after - before) / 1000000)) >> "$folder/$1.times"
}

median() { sort -n "$folder/$1.times" | sed -n "$((rounds / 2 + 1))p"; }

echo "| rows | MB | Tollgate s | DuckDB s | pandas s | wc -l s | DuckDB / Tollgate | pandas / Tollgate | Tollgate / wc -l |"
echo "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
for count in ${rows//,/ }; do
  "$folder/tollgate/tollgate" flows generate --rows "$count" --seed 1 --out "$file"
  for peer in wc_l tollgate duckdb pandas; do
    "$peer" > "$folder/$peer.out" # Warm: the file is in the system's cache for all.
    : > "$folder/$peer.times"
  done
  for peer in duckdb pandas; do node "$folder/compare.mjs" "$folder/tollgate.out" "$folder/$peer.out"; done
  for ((round = 0; round < rounds; round++)); do
    for peer in wc_l tollgate duckdb pandas; do measure "$peer"; done
  done
  awk -v rows="$count" -v bytes="$(stat -c %s "$file")" -v t="$(median tollgate)" -v d="$(median duckdb)" -v p="$(median pandas)" -v w="$(median wc_l)" \
    'BEGIN { printf "| %d | %d | %.3f | %.2f | %.2f | %.3f | %.1f | %.1f | %.1f |\n", rows, bytes / 1e6, t / 1000, d / 1000, p / 1000, w / 1000, d / t, p / t, t / w }'
done
