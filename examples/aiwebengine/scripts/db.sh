#!/usr/bin/env bash
# The database of AIWebEngine: one short command for each thing that is done every day.
set -euo pipefail

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
environment=()
production=false

usage() {
  cat <<'TEXT'
Usage: scripts/db.sh [--prod] COMMAND [OPTIONS]

Commands
  psql             a prompt on the database aiwebengine; -c SQL runs one statement, -d NAME takes another database
  migrate-run      applies the pending revisions
  migrate-info     says what is applied and what is pending
  migrate-revert   takes back the last revision
  backup FILE      not yet: backups come with a later release of Keelson

Options
  --prod           works on production: the database that APP_REPOSITORY__DATABASE_URL names, else DATABASE_URL;
                   asks before a revision is taken back
  -h, --help       this text

Further options go to keelson as they are, for example: scripts/db.sh migrate-run --dry-run
Without --prod the database is the one that DATABASE_URL names (in the environment or in .env), else the embedded
PostgreSQL in .keelson/dev.
TEXT
}

keelson() {
  local program="$project/node_modules/.bin/keelson"
  if [[ ! -x "$program" ]]; then
    echo "scripts/db.sh: Keelson is not installed here; run npm install in $project" >&2
    exit 1
  fi
  cd "$project"
  exec "$program" "$@" ${environment[@]+"${environment[@]}"}
}

# An exported DATABASE_URL may name the database of a test; like the prompt inside the container, this one is on
# aiwebengine all the same, so that it can create and drop the others.
open_prompt() {
  local option
  for option in "$@"; do
    case "$option" in -d | -d?* | --database | --database=*) keelson db shell "$@" ;; esac
  done
  if [[ $production == false && "${DATABASE_URL:-}" == postgres*://* ]]; then set -- -d aiwebengine "$@"; fi
  keelson db shell "$@"
}

# On a development database nobody is asked, as `sqlx migrate revert` asks nobody.
revert_last() {
  if [[ $production == false ]]; then set -- --yes "$@"; fi
  keelson downgrade "$@"
}

no_backup() {
  echo "scripts/db.sh: no backup was made, nothing was written. Backups come with a later release of Keelson." >&2
  exit 1
}

while [[ $# -gt 0 ]]; do
  case "$1" in
    --prod)
      production=true
      environment=(--env production)
      shift
      ;;
    -h | --help | help)
      usage
      exit 0
      ;;
    *) break ;;
  esac
done

if [[ $# -eq 0 ]]; then
  usage >&2
  exit 1
fi

command="$1"
shift
case "$command" in
  psql) open_prompt "$@" ;;
  migrate-run) keelson upgrade "$@" ;;
  migrate-info) keelson status "$@" ;;
  migrate-revert) revert_last "$@" ;;
  backup) no_backup ;;
  *)
    echo "scripts/db.sh: there is no command $command; scripts/db.sh --help lists them" >&2
    exit 1
    ;;
esac
