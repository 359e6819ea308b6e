#!/usr/bin/env bash
# From a first simulation to one's own ledger. TOLLGATE is how the program is started; TOLLGATE_HOME its data folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
read -ra tollgate <<< "${TOLLGATE:-tollgate}"

echo "== first simulation"
"${tollgate[@]}" simulate run "$here/scenario.yaml"
echo "== comparison, and where plans break even"
"${tollgate[@]}" simulate compare "$here/scenario.yaml"
"${tollgate[@]}" simulate compare "$here/scenario.yaml" --trials 4000 --break-even
echo "== sensitivity"
"${tollgate[@]}" simulate sensitivity "$here/scenario.yaml" --trials 4000
"${tollgate[@]}" simulate sensitivity "$here/scenario.yaml" --trials 4000 --vary workload.dependence.correlation=0..0.9:4
echo "== advice"
"${tollgate[@]}" optimize "$here/scenario.yaml" --profile startup
echo "== own ledger: what it would have cost, and what it may"
"${tollgate[@]}" whatif --model gpt-4o-mini
"${tollgate[@]}" whatif --plan "$here/plans.yaml"
"${tollgate[@]}" simulate run --ledger --plans "$here/plans.yaml" --trials 4000
