#!/usr/bin/env bash
# Starts a PostgreSQL and a MariaDB of its own with their defaults, and measures the ledger on each beside plain INSERTs into it.
# Options go to the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
programs=${TOLLGATE_POSTGRESQL_BIN:-/usr/lib/postgresql/15/bin}
port=${TOLLGATE_BENCH_PORT:-19440}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-servers.XXXXXX")
mkdir "$folder/postgresql" "$folder/mariadb" "$folder/mariadb-temporary"
as() { local user=$1; shift; if [ "$(id -u)" = 0 ]; then su "$user" -s /bin/bash -c "$*"; else bash -c "$*"; fi; }
if [ "$(id -u)" = 0 ]; then chmod 755 "$folder"; chown postgres "$folder/postgresql"; chown mysql "$folder/mariadb" "$folder/mariadb-temporary"; fi
stop() {
  as postgres "$programs/pg_ctl -D $folder/postgresql/data -m fast stop >/dev/null" || true
  [ ! -f "$folder/mariadb/pid" ] || { kill "$(cat "$folder/mariadb/pid")"; while [ -f "$folder/mariadb/pid" ]; do sleep 0.1; done; }
  rm -rf "$folder"
}
trap stop EXIT

as postgres "$programs/initdb -D $folder/postgresql/data -U tollgate -A trust -E UTF8 --no-locale >/dev/null"
as postgres "$programs/pg_ctl -D $folder/postgresql/data -w -l $folder/postgresql/log -o '-p $port -k $folder/postgresql -h 127.0.0.1 -c max_connections=200' start >/dev/null"
as postgres "$programs/createdb -h 127.0.0.1 -p $port -U tollgate bench"

as mysql "mariadb-install-db --no-defaults --datadir=$folder/mariadb/data --auth-root-authentication-method=normal --skip-test-db >/dev/null"
as mysql "mariadbd --no-defaults --datadir=$folder/mariadb/data --tmpdir=$folder/mariadb-temporary --socket=$folder/mariadb/socket --pid-file=$folder/mariadb/pid --port=$((port + 1)) --bind-address=127.0.0.1 --skip-log-bin >$folder/mariadb/log 2>&1" &
until mariadb --no-defaults --socket="$folder/mariadb/socket" -u root -e "CREATE DATABASE bench; CREATE USER bench@'127.0.0.1' IDENTIFIED BY 'bench'; GRANT ALL ON bench.* TO bench@'127.0.0.1'" 2>/dev/null; do sleep 0.2; done

measure() { dotnet run --project bench/ledger -c Release -- --callers 1,8,64 "$@"; }
measure --store "postgres://tollgate@127.0.0.1:$port/bench" --raw "Host=127.0.0.1;Port=$port;Username=tollgate;Database=bench;Maximum Pool Size=64" "$@"
measure --store "mysql://bench:bench@127.0.0.1:$((port + 1))/bench" --raw "Server=127.0.0.1;Port=$((port + 1));User ID=bench;Password=bench;Database=bench;Maximum Pool Size=64" "$@"
