#!/usr/bin/env bash
# Measures whole processes of short commands, published with ReadyToRun, beside an empty program, in turn.
# bench/start/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-25}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-start.XXXXXX")
trap 'rm -rf "$folder"' EXIT
runtime=$(dotnet msbuild src/Tollgate -getProperty:NETCoreSdkPortableRuntimeIdentifier)
publish() { dotnet publish "$1" -c Release -r "$runtime" "${@:3}" --artifacts-path "$folder/build-$2" -o "$folder/$2" --nologo -v quiet; }
publish bench/start/Empty empty
publish src/Tollgate shared
publish src/Tollgate contained --self-contained

unset TOLLGATE_HOME
export XDG_DATA_HOME=$folder/data
track=(track --model gpt-4o --prompt-tokens 100 --completion-tokens 10)
once() {
  local begin=$EPOCHREALTIME
  "${@:2}" > /dev/null
  local end=$EPOCHREALTIME
  echo $(((${end/./} - ${begin/./}) / 10)) >> "$folder/$1.times"
}
for ((round = 0; round < rounds; round++)); do
  once "empty program" "$folder/empty/empty"
  once "tollgate track" "$folder/shared/tollgate" "${track[@]}"
  once "tollgate track, with its own runtime" "$folder/contained/tollgate" "${track[@]}"
  once "tollgate tail" "$folder/shared/tollgate" tail
done

echo "| command | least ms | median ms |"
echo "| --- | ---: | ---: |"
for times in "$folder"/*.times; do
  sort -n "$times" | awk -v name="$(basename "$times" .times)" '{ of[NR] = $1 / 100 } END { printf "| %s | %.0f | %.0f |\n", name, of[1], of[int((NR + 1) / 2)] }'
done
echo
echo "Published, in MB: $(du -sm "$folder/shared" | cut -f1) on the machine's runtime, $(du -sm "$folder/contained" | cut -f1) with its own."
