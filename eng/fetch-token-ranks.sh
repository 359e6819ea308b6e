#!/usr/bin/env bash
# Puts the rank tables of OpenAI's encodings where the build embeds them: src/Tollgate.Metering/Tokens/Ranks.
# Needs npm and, once, the registry. The source is pinned twice: by the SHA-256 of the package's tarball, and by the
# SHA-256 that OpenAI's tiktoken itself demands of each table.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.0.22
tarball_sha256=55c339e756fdb17604f7c7e3eb35d2bcbffe4d960e8096e50285d1cefa51dd90
folder=src/Tollgate.Metering/Tokens/Ranks
stamp="tiktoken@$version $tarball_sha256 format 1"

if [ -f "$folder/o200k_base.ranks" ] && [ -f "$folder/cl100k_base.ranks" ] && [ "$(cat "$folder/stamp" 2>/dev/null)" = "$stamp" ]; then
  exit 0
fi
command -v npm >/dev/null || { echo "fetch-token-ranks: npm is not installed; without it tokens are counted by estimate." >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "tiktoken@$version" >/dev/null) || { echo "fetch-token-ranks: npm could not fetch tiktoken@$version." >&2; exit 1; }
echo "$tarball_sha256  $work/tiktoken-$version.tgz" | sha256sum --check --status ||
  { echo "fetch-token-ranks: tiktoken-$version.tgz is not the file that was pinned; nothing was changed." >&2; exit 1; }
tar -xzf "$work/tiktoken-$version.tgz" -C "$work" package/encoders/o200k_base.json package/encoders/cl100k_base.json
node eng/convert-token-ranks.mjs "$work/package/encoders" "$work"

mkdir -p "$folder"
mv "$work/o200k_base.ranks" "$work/cl100k_base.ranks" "$folder"
echo "$stamp" >"$folder/stamp"
