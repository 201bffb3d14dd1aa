#!/usr/bin/env bash
# The migrations of Aurora's database: one short command for each thing that is done with them.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
program="$project/node_modules/.bin/keelson"

usage() {
  cat <<'TEXT'
Usage: scripts/db-migrate.sh COMMAND [ARGUMENTS] [OPTIONS]

Commands
  status                  where the database is, and the history
  create MESSAGE          writes the revision that the changed models need, for both engines
  upgrade                 applies what is pending
  downgrade [STEPS|all]   takes back the last revision, the last STEPS, or all of them; asks first
  history                 every revision, newest first
  current                 the revision that the database is at
  upgrade-to REVISION     applies what is pending up to this revision
  downgrade-to REVISION   takes back what came after this revision; asks first
  show-sql [REVISION]     the SQL from nothing up to this revision (the newest unless told); reaches no database
  stamp REVISION          records that the database is at this revision, without running anything
  reset                   takes back everything and applies it again: all data is lost; asks first
  help                    this text

A REVISION is an id or the unique beginning of one, head or base. Options go to keelson as they are: --yes answers
its questions where nobody can, --json prints for programs, --dry-run shows what would run.

The database is aurora.db (SQLite), or the one that DATABASE_URL names.
TEXT
}

fail() {
  echo "scripts/db-migrate.sh: $1" >&2
  exit 1
}

# Takes the place of this script, so that a signal reaches it.
keelson() {
  [[ -x "$program" ]] || fail "Keelson is not installed here; run npm install in $project"
  cd "$project"
  exec "$program" "$@"
}

# The command's own argument; what begins with a dash is an option of keelson.
needs() {
  [[ $# -ge 2 && -n "$2" && "$2" != -* ]] || fail "$command needs $1; scripts/db-migrate.sh help explains it"
}

show_status() {
  local option
  for option in "$@"; do
    case "$option" in --json | -h | --help) keelson status "$@" ;; esac
  done
  keelson status "$@" --json | node "$project/scripts/print-status.js"
}

take_back() {
  local target=-1
  if [[ $# -gt 0 && "$1" != -[!0-9]* ]]; then
    case "${1#-}" in
      all) target=base ;;
      *[!0-9]* | 0* | "") fail "downgrade takes a number of steps or all, not \"$1\"; for a revision there is downgrade-to" ;;
      *) target="-${1#-}" ;;
    esac
    shift
  fi
  keelson downgrade "$target" "$@"
}

show_sql() {
  local range=base:head
  if [[ $# -gt 0 && "$1" != -* ]]; then
    range="base:$1"
    shift
  fi
  keelson sql "$range" "$@"
}

command="${1:-}"
[[ $# -eq 0 ]] || shift
case "$command" in
  status) show_status "$@" ;;
  create)
    needs "a message" "$@"
    keelson create "$@"
    ;;
  upgrade) keelson upgrade "$@" ;;
  downgrade) take_back "$@" ;;
  history) keelson history "$@" ;;
  current) keelson current "$@" ;;
  upgrade-to)
    needs "a revision" "$@"
    keelson upgrade "$@"
    ;;
  downgrade-to)
    needs "a revision" "$@"
    keelson downgrade "$@"
    ;;
  show-sql) show_sql "$@" ;;
  stamp)
    needs "a revision" "$@"
    keelson stamp "$@"
    ;;
  reset)
    (keelson downgrade base "$@")
    keelson upgrade "$@"
    ;;
  help | -h | --help) usage ;;
  "")
    usage >&2
    exit 1
    ;;
  *) fail "there is no command $command; scripts/db-migrate.sh help lists them" ;;
esac
