#!/usr/bin/env bash
# Starts a PostgreSQL of its own that counts statements, and measures three gates on it. Options go to the program.
set -euo pipefail
cd "$(dirname "$0")/../.."
programs=${TOLLGATE_POSTGRESQL_BIN:-/usr/lib/postgresql/15/bin}
port=${TOLLGATE_BENCH_PORT:-19432}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-postgresql.XXXXXX")
as() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$*"; else bash -c "$*"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$folder"
as "$programs/initdb -D $folder/data -U tollgate -A trust -E UTF8 --no-locale >/dev/null"
trap 'as "$programs/pg_ctl -D $folder/data -m immediate stop >/dev/null"; rm -rf "$folder"' EXIT
as "$programs/pg_ctl -D $folder/data -w -l $folder/log -o '-p $port -k $folder -h 127.0.0.1 -c shared_preload_libraries=pg_stat_statements -c max_connections=100' start >/dev/null"
as "$programs/createdb -h 127.0.0.1 -p $port -U tollgate bench"
dotnet run --project bench/limits -c Release -- --database "postgres://tollgate@127.0.0.1:$port/bench" "$@"
