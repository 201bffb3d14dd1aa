# Read by the scripts: where the project is, and how they report what went wrong.
project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
keelson="$project/node_modules/.bin/keelson"

# fail CODE TEXT [WHAT TO DO...]
fail() {
  local code="$1" line
  echo "ERROR: $2" >&2
  for line in "${@:3}"; do echo "  $line" >&2; done
  exit "$code"
}

if [[ ! -x "$keelson" ]]; then
  fail 1 "Keelson is not installed here." "Run npm install in $project"
fi
