#!/usr/bin/env bash
# The services of the AI Workflow Engine on this machine: ./run.sh --help
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/scripts/_project.sh"
exec node "$project/services/main.js" "$@"
