#!/usr/bin/env bash
# Measures an earlier revision beside the working tree, in turn within each round, and prints medians and ratios. Which of
# the two goes first alternates.
# bench/compare.sh REVISION [--rounds 5] [--only ledger,admission,flows,simulation,start,gateway]
set -euo pipefail
cd "$(dirname "$0")/.."

revision=${1:?usage: bench/compare.sh REVISION [--rounds 5] [--only NAME,NAME]}
shift
rounds=5
only=ledger,admission,flows,simulation,start,gateway
while [ $# -gt 0 ]; do
  case "$1" in
    --rounds) rounds=$2; shift ;;
    --only) only=$2; shift ;;
    *) echo "usage: bench/compare.sh REVISION [--rounds 5] [--only NAME,NAME]" >&2; exit 2 ;;
  esac
  shift
done
measured() { [[ ,$only, == *,$1,* ]]; }

folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-compare.XXXXXX")
trap 'git worktree remove --force "$folder/source" 2> /dev/null; rm -rf "$folder"' EXIT
git worktree add --quiet --detach "$folder/source" "$revision"
# Earlier revisions fetch their token tables separately.
[ ! -x "$folder/source/eng/fetch-token-ranks.sh" ] || "$folder/source/eng/fetch-token-ranks.sh"

publish() { # SIDE SOURCE
  dotnet publish "$2/src/Tollgate" -c Release -r linux-x64 -o "$folder/$1/tollgate" --artifacts-path "$folder/$1/build" --nologo -v quiet
  for bench in ledger limits simulation; do
    dotnet publish "$2/bench/$bench" -c Release -o "$folder/$1/$bench" --artifacts-path "$folder/$1/build" --nologo -v quiet
  done
}
publish before "$folder/source"
publish now "$PWD"

keep() { echo "$3" >> "$folder/$1|$2.values"; } # MEASURE SIDE VALUE
milliseconds() { # COMMAND...
  local begin=$EPOCHREALTIME
  "$@" > /dev/null
  local end=$EPOCHREALTIME
  echo "$(((${end/./} - ${begin/./}) / 1000))"
}

measured flows && "$folder/now/tollgate/tollgate" flows generate --rows 1000000 --seed 1 --out "$folder/flows.csv"
export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0
for ((round = 1; round <= rounds; round++)); do
  sides=(before now)
  ((round % 2)) || sides=(now before)
  for side in "${sides[@]}"; do
    echo "round $round of $rounds: $side" >&2
    if measured ledger; then
      row=$(dotnet "$folder/$side/ledger/"*Ledger.Bench.dll --pairs 150000 --callers 64 --folder "$folder" | grep "^| ledger" | tail -1)
      keep "ledger, 64 callers, pairs per second" $side "$(cut -d'|' -f4 <<< "$row" | tr -d ' ,')"
      keep "ledger, 64 callers, CPU µs per pair" $side "$(cut -d'|' -f5 <<< "$row" | tr -d ' ,')"
    fi
    if measured admission; then
      row=$(dotnet "$folder/$side/limits/"*Limits.Bench.dll --records 0 --limits 5 --folder "$folder" | grep "^| 5 ")
      keep "admission, 5 limits, µs per call" $side "$(cut -d'|' -f4 <<< "$row" | tr -d ' ,')"
      keep "admission, 5 limits, allocated B per call" $side "$(cut -d'|' -f5 <<< "$row" | tr -d ' ,')"
    fi
    if measured simulation; then
      row=$(dotnet "$folder/$side/simulation/"*Simulation.Bench.dll 100000 9 | grep ^seconds)
      keep "simulation, 100,000 draws, s" $side "$(cut -d' ' -f5 <<< "$row")"
    fi
    if measured flows; then
      keep "flows, 1,000,000 rows, ms" $side \
        "$(milliseconds "$folder/$side/tollgate/tollgate" flows "$folder/flows.csv" --definition touched --format json)"
    fi
    if measured start; then
      for ((start = 0; start < 5; start++)); do
        keep "tollgate track, ms" $side "$(milliseconds env -u TOLLGATE_HOME XDG_DATA_HOME="$folder/$side/data" \
          "$folder/$side/tollgate/tollgate" track --model gpt-4o --prompt-tokens 100 --completion-tokens 10)"
      done
    fi
  done
done

median() { sort -n "$1" | awk '{ of[NR] = $1 } END { print of[int((NR + 1) / 2)] }'; }
echo "| measure | $revision | now | now / before | least and most, before | least and most, now |"
echo "| --- | ---: | ---: | ---: | ---: | ---: |"
range() { sort -n "$1" | sed -n '1p;$p' | paste -sd' ' | sed 's/ / to /'; }
for values in "$folder"/*"|before.values"; do
  [ -e "$values" ] || continue
  other=${values/before.values/now.values}
  awk -v name="$(basename "$values" "|before.values")" -v before="$(median "$values")" -v now="$(median "$other")" \
    -v ranges="$(range "$values") | $(range "$other")" \
    'BEGIN { printf "| %s | %s | %s | %.2f | %s |\n", name, before, now, now / before, ranges }'
done

if measured gateway; then
  bench/gateway/run.sh --quick --rounds "$((rounds * 2))" --seconds 4 --only "nginx,bare forwarder,Tollgate,Tollgate before" \
    --baseline "$folder/before/tollgate"
fi
