#!/usr/bin/env bash
# Simulations over HTTP. TOLLGATE_URL is the gateway's address; TOLLGATE_TOKEN an access token or a service token.
set -euo pipefail
url=${TOLLGATE_URL:-http://localhost:8000}
token=${TOLLGATE_TOKEN:?an access token or a service token}

call() { curl -sS --fail-with-body -H "authorization: Bearer $token" -H 'content-type: application/json' "$@"; echo; }
id() { python3 -c "import json,sys; print(json.load(sys.stdin)['$1'])"; }

echo "== simulate"
simulation=$(call "$url/simulation" -d '{"n_simulations": 10000, "mechanisms": ["per_token", "bundle", "hybrid", "cached"], "data_source": "synthetic"}')
echo "$simulation"
simulation_id=$(id simulation_id <<< "$simulation")

echo "== the same result again"
call "$url/results/$simulation_id"

echo "== compare"
call "$url/compare" -d "{\"simulation_id\": \"$simulation_id\"}"

echo "== optimize"
call "$url/optimize" -d "{\"simulation_id\": \"$simulation_id\", \"user_profile\": {\"risk_tolerance\": \"low\", \"usage_volume\": 50000000, \"predictability_preference\": 0.8, \"budget_constraint\": 1000}}"

echo "== analyze"
call "$url/analysis" -d '{"data": {"input_tokens": [120, 80, 300, 95, 210, 77], "output_tokens": [40, 22, 130, 31, 77, 20]}}'

echo "== visualize"
call "$url/visualize/$simulation_id" -o simulation.html
echo "wrote simulation.html"
