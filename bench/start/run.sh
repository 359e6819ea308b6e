#!/usr/bin/env bash
# Measures whole processes of short commands beside an empty program, in turn: as published (native), and with the JIT compiler
# and ahead-of-time compiled (ReadyToRun) code on the machine's .NET.
# bench/start/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-25}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-start.XXXXXX")
trap 'rm -rf "$folder"' EXIT
runtime=$(dotnet msbuild src/Tollgate -getProperty:NETCoreSdkPortableRuntimeIdentifier)
publish() { dotnet publish "$1" -c Release -r "$runtime" "${@:3}" --artifacts-path "$folder/build-$2" -o "$folder/$2" --nologo -v quiet; }
publish bench/start/Empty empty-native
publish bench/start/Empty empty-jit -p:PublishAot=false
publish src/Tollgate native
publish src/Tollgate jit -p:PublishAot=false

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
  once "empty program, native" "$folder/empty-native/empty"
  once "tollgate --version, native" "$folder/native/tollgate" --version
  once "tollgate track, native" "$folder/native/tollgate" "${track[@]}"
  once "tollgate tail, native" "$folder/native/tollgate" tail
  once "empty program, JIT" "$folder/empty-jit/empty"
  once "tollgate --version, JIT" "$folder/jit/tollgate" --version
  once "tollgate track, JIT" "$folder/jit/tollgate" "${track[@]}"
  once "tollgate tail, JIT" "$folder/jit/tollgate" tail
done

echo "| command | least ms | median ms |"
echo "| --- | ---: | ---: |"
for times in "$folder"/*.times; do
  sort -n "$times" | awk -v name="$(basename "$times" .times)" '{ of[NR] = $1 / 100 } END { printf "| %s | %.0f | %.0f |\n", name, of[1], of[int((NR + 1) / 2)] }'
done
echo
echo "Published, in MB: $(du -sm "$folder/native" | cut -f1) native, in $(find "$folder/native" -type f | wc -l) file; $(du -sm "$folder/jit" | cut -f1) on the machine's .NET."
