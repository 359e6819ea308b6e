#!/usr/bin/env bash
# Measures Tollgate beside nginx, a bare forwarder and Portkey, all in front of one static provider.
# bench/gateway/run.sh [--rounds N] [--seconds N] [--warm-up SECONDS] [--quick] [--idle] [--only PEER,PEER] [--baseline FOLDER]
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v nginx > /dev/null || missing+=(nginx)
command -v wrk > /dev/null || missing+=(wrk)
if ((${#missing[@]})); then
  apt-get update -qq
  # Policy 101 keeps apt from starting nginx as a service.
  printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
  rm /usr/sbin/policy-rc.d
fi

builds=${TMPDIR:-/tmp}/tollgate-gateway-bench-builds
mkdir -p "$builds/portkey"
if [[ ! -d $builds/portkey/node_modules ]] || ! cmp -s portkey/package.json "$builds/portkey/package.json"; then
  cp portkey/package.json "$builds/portkey/"
  npm install --prefix "$builds/portkey" --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
fi
runtime=$(dotnet msbuild ../../src/Tollgate -getProperty:NETCoreSdkPortableRuntimeIdentifier)
rm -rf "$builds/tollgate"
dotnet publish ../../src/Tollgate -c Release -r "$runtime" -o "$builds/tollgate" --artifacts-path "$builds/build" --nologo -v quiet
dotnet publish BareForwarder -c Release -o "$builds/bare" --nologo -v quiet
dotnet publish Runner -c Release -o "$builds/runner" --nologo -v quiet

ulimit -n 16384
exec dotnet "$builds/runner/gateway-bench.dll" "$builds" "$PWD" "$@"
