#!/usr/bin/env bash
# Writes the revision that the models need; the services run and are healthy before it does.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/_project.sh"
exec node "$project/services/generate-migration.js" "$@"
