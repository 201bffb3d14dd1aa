#!/usr/bin/env bash
# Rebuilds and looks at DevPocket's database. What it does is in db_seed.js beside it.
set -euo pipefail
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
if ! command -v node >/dev/null; then
  echo "scripts/db_seed.sh: Node.js is not installed; version 20.19 or newer is needed" >&2
  exit 1
fi
# The two dashes keep --env-file from being read by Node.js itself.
exec node -- "$folder/db_seed.js" "$@"
