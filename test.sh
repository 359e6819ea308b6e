#!/usr/bin/env bash
# Installs what the tests need, builds, and runs all tests. --long adds the soak, kill and fuzz runs. --quick leaves out what
# needs a database server, a process of its own, npm, or minutes: the tests with a trait "Needs". --native publishes the program as one
# native file, and runs the tests of the program against that file instead.
# The last line is "N passed, N failed"; the exit code is 0 only when none failed.
set -uo pipefail
cd "$(dirname "$0")"

configuration=Release
quick=
native=
while [ $# -gt 0 ]; do
  case "$1" in
    --long) export TOLLGATE_LONG=1 ;;
    --quick) quick=1 ;;
    --native) native=1 ;;
    *) echo "usage: ./test.sh [--long | --quick | --native]" >&2; exit 2 ;;
  esac
  shift
done

# 1. Tools that the tests drive: promtool checks /metrics, node runs the npm clients, PostgreSQL and MariaDB are ledger stores,
#    aiosmtpd is a mail server.
install_tools() {
  need=()
  command -v promtool >/dev/null || need+=(prometheus)
  command -v curl >/dev/null || need+=(curl)
  # Native code is linked by a C compiler.
  [ -z "$native" ] || command -v clang >/dev/null || command -v gcc >/dev/null || need+=(gcc libc6-dev zlib1g-dev)
  [ -x /usr/lib/postgresql/15/bin/postgres ] || need+=(postgresql-15)
  [ -x /usr/sbin/mariadbd ] || need+=(mariadb-server)
  /usr/bin/python3 -c "import aiosmtpd" 2>/dev/null || need+=(python3-aiosmtpd)
  if [ ${#need[@]} -gt 0 ]; then
    sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
    # The tests start servers of their own: apt is to start none (101 is "not allowed"). An existing policy stays.
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null; $sudo chmod +x "$policy"; fi
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null ||
      { echo "could not install: ${need[*]}" >&2; failed_install=1; }
    [ -z "$policy" ] || $sudo rm -f "$policy"
    [ -z "${failed_install:-}" ] || exit 1
  fi
  if [ -f tests/clients/package.json ] && command -v npm >/dev/null; then
    (cd tests/clients && npm ci --silent --no-audit --no-fund) || { echo "npm ci failed in tests/clients" >&2; exit 1; }
  fi
}
[ -n "$quick" ] || install_tools

# 2. Build with warnings as errors.
dotnet build Tollgate.slnx -c "$configuration" -v quiet --nologo || { echo "0 passed, 1 failed"; exit 1; }

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# With --native, what those tests start is the published program.
publish_native() {
  local runtime unexpected
  runtime=$(dotnet msbuild src/Tollgate -getProperty:NETCoreSdkPortableRuntimeIdentifier)
  # Separate intermediate files, so that the build above stays as it is. The warnings that are shown are not errors here.
  dotnet publish src/Tollgate -c Release -r "$runtime" -o "$logs/native" --artifacts-path "$logs/native-build" --nologo -v quiet \
    -p:ShowPackageWarnings=true -p:TreatWarningsAsErrors=false -p:ILLinkTreatWarningsAsErrors=false \
    -p:IlcTreatWarningsAsErrors=false >"$logs/native.txt" 2>&1 || { cat "$logs/native.txt"; return 1; }
  unexpected=$(grep -E 'warning' "$logs/native.txt" |
    grep -vE "IL(2104|3053): Assembly '(Parquet|Microsoft.IO.RecyclableMemoryStream)' produced")
  [ -z "$unexpected" ] || { echo "native compilation warns:" "$unexpected"; return 1; }
  [ "$(ls "$logs/native")" = tollgate ] || { echo "the published folder has more than the program:"; ls "$logs/native"; return 1; }
  rm -rf "$logs/native-build"
  export TOLLGATE_PROGRAM=$logs/native/tollgate
}
[ -z "$native" ] || publish_native || { echo "0 passed, 1 failed"; exit 1; }

# 3. Test. Each test project is a program; two run side by side, the longest first, because they wait for servers and
#    processes much of their time. Each prints its log when it ends.
test_projects() {
  long=(Tollgate.Tests Tollgate.Accounting.PostgreSql.Tests Tollgate.Accounting.MySql.Tests Tollgate.Gateway.Tests)
  [ -z "$native" ] || { echo tests/Tollgate.Tests; return; }
  [ -z "$quick" ] || long=(Tollgate.Accounting.Tests Tollgate.Gateway.Tests)
  for name in "${long[@]}"; do echo "tests/$name"; done
  find tests samples -name node_modules -prune -o -name '*.Tests.csproj' -printf '%h\n' | sort | while read -r folder; do
    case " ${long[*]} " in *" ${folder##*/} "*) continue ;; esac
    # Every test of these two has a server.
    case "$quick$folder" in 1*PostgreSql*|1*MySql*) continue ;; esac
    echo "$folder"
  done
}

run_project() {
  local name log filter=()
  name=$(basename "$1"/*.csproj .csproj)
  log=$2/$name.log
  [ "$4" != quick ] || filter=(--filter-not-trait 'Needs=*')
  # The namespaces whose tests start the program.
  [ "$4" != native ] || for space in Cli Clients Collectors Durability ImportExport Limits Operations Packaging; do
    filter+=(--filter-namespace "Tollgate.Tests.$space")
  done
  dotnet "$1/bin/$3/net10.0/$name.dll" --no-ansi --no-progress "${filter[@]}" >"$log" 2>&1
  echo $? >"$2/$name.status"
  echo "== $name"
  cat "$log"
}
export -f run_project
test_projects | xargs -P 2 -I{} bash -c 'run_project "$@"' - {} "$logs" "$configuration" "${quick:+quick}${native:+native}"

# The last such line of each log is the runner's own.
count() {
  for log in "$logs"/*.log; do sed -n "s/^  $1: \([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; done |
    awk '{ sum += $1 } END { print sum + 0 }'
}
passed=$(count succeeded); failed=$(count failed)
# A run that reports nothing has failed, whatever it printed.
[ "$passed" -gt 0 ] || [ "$failed" -gt 0 ] || failed=1
# A runner that broke off counts as one failure, so that no crash passes for success.
for status in "$logs"/*.status; do
  log=${status%.status}.log
  [ "$(cat "$status")" = 0 ] || grep -q '^  failed: [1-9]' "$log" || failed=$((failed + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
