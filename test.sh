#!/usr/bin/env bash
# Installs what the tests need, builds, and runs all tests. --long adds the soak, kill and fuzz runs.
# The last line is "N passed, N failed"; the exit code is 0 only when none failed.
set -uo pipefail
cd "$(dirname "$0")"

configuration=Release
while [ $# -gt 0 ]; do
  case "$1" in
    --long) export TOLLGATE_LONG=1 ;;
    *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
  esac
  shift
done

# 1. Tools that the tests drive: promtool checks /metrics, node runs the npm clients, PostgreSQL and MariaDB are ledger stores,
#    aiosmtpd is a mail server.
need=()
command -v promtool >/dev/null || need+=(prometheus)
command -v curl >/dev/null || need+=(curl)
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

# 2. The rank tables of the token counter, without which it would be tested as an estimate.
eng/fetch-token-ranks.sh || { echo "0 passed, 1 failed"; exit 1; }

# 3. Build with warnings as errors.
dotnet build Tollgate.slnx -c "$configuration" -v quiet --nologo || { echo "0 passed, 1 failed"; exit 1; }

# 4. Test, one project after another: the tests of the program measure nothing, but they do share two cores.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --solution Tollgate.slnx -c "$configuration" --no-build --max-parallel-test-modules 1 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
count() { sed -n "s/^  $1: \([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded); failed=$(count failed)
# A run that reports nothing has failed, whatever it printed.
if [ -z "$passed" ] || [ "$passed" = 0 ]; then passed=0; failed=$(( ${failed:-0} > 0 ? failed : 1 )); fi
# A runner that broke off counts as one failure, so that no crash passes for success.
[ "$status" = 0 ] || [ "${failed:-0}" -gt 0 ] || failed=1
echo "${passed:-0} passed, ${failed:-0} failed"
[ "${failed:-1}" = 0 ]
