#!/usr/bin/env bash
# The same job by Tollgate and by NumPy, one after the other, in rounds; then ten million draws by Tollgate alone.
# Needs Debian's python3-numpy. --quick leaves the ten million out.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-/usr/bin/python3}
"$python" -c 'import numpy' 2>/dev/null || { echo "NumPy is missing: apt-get install -y --no-install-recommends python3-numpy" >&2; exit 1; }
dotnet build bench/simulation -c Release --nologo -v quiet
program=bench/simulation/bin/Release/net10.0/Tollgate.Simulation.Bench

work=$(mktemp -d "${TMPDIR:-/tmp}/tollgate-bench-simulation.XXXXXX")
trap 'rm -rf "$work"' EXIT
for round in 1 2 3; do
  echo "== round $round: Tollgate, 100,000 draws"
  "$program" 100000 15 | tee "$work/ours.$round"
  echo "== round $round: NumPy, 100,000 draws"
  "$python" bench/simulation/numpy_job.py 100000 1 | tee "$work/theirs.$round"
done
[ "${1:-}" = --quick ] || { echo "== Tollgate, 10,000,000 draws"; "$program" 10000000 1; }
# Field 5 is the median of the seconds, field 9 that of the processor's seconds on all cores.
median() { awk -v field="$2" '/^seconds/ { print $field }' "$work/$1".* | sort -n | sed -n 2p; }
awk -v ours="$(median ours 5)" -v theirs="$(median theirs 5)" -v ourWork="$(median ours 9)" -v theirWork="$(median theirs 9)" \
  -v busy="$(cut -d' ' -f1 /proc/loadavg)" -v cores="$(nproc)" 'BEGIN {
  printf "Tollgate %.3f s (processor %.3f s), NumPy %.3f s (processor %.3f s); load %.1f on %d cores\n", ours, ourWork, theirs, theirWork, busy, cores
  printf "%.1f times faster, with %.1f times less work\n", theirs / ours, theirWork / ourWork
  printf "- at most 0.4 s of work for each of two cores: %s\n", (ourWork <= 0.8 ? "reached" : "MISSED")
  printf "- within 0.4 s: %s\n", (ours < 0.4 ? "reached" : (busy + 0 > cores + 0 ? "missed, but others use the machine" : "MISSED"))
  printf "- at least 10 times faster: %s\n", (theirs >= 10 * ours ? "reached" : "MISSED")
  exit !(ourWork <= 0.8 && (ours < 0.4 || busy + 0 > cores + 0) && theirs >= 10 * ours) }'
