#!/usr/bin/env bash
# _generate_migration.sh with a password that is not in secrets/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/_project.sh"

usage() {
  cat <<'TEXT'
Usage: ./scripts/_generate_migration_with_password.sh "Migration message" [PASSWORD SOURCE] [OPTIONS]

Does what _generate_migration.sh does, with the password of the database from another source. The password is checked
before anything runs; it is never printed, and never part of a command line.

Password source: the first of these that is there
  --password-file FILE  a file that only you can read
  --password-env NAME   a variable
  POSTGRES_PASSWORD     this variable
  a question            on a terminal

A password has at least 12 characters of at least three kinds (small and capital letters, digits, others), is none of
the common ones, and does not contain the name of the account or of the database.

No backup is made before: backups come with a later release of Keelson. Writing a revision changes no data.

Further options go to keelson create as they are, for example --rename OLD:NEW.
TEXT
}

message="${1:-}"
case "$message" in
  -h | --help) usage; exit 0 ;;
  "" | -*) echo "ERROR: The message is missing: what does the revision do?" >&2; echo >&2; usage >&2; exit 1 ;;
esac
shift

file="" variable="" options=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --password-file | --password-env)
      [[ -n "${2:-}" ]] || fail 1 "$1 needs a value. Nothing was run."
      if [[ "$1" == --password-file ]]; then file="$2"; else variable="$2"; fi
      shift 2
      ;;
    --password | --password=* | --password-*=*) fail 1 "A password is never part of a command line. Nothing was run." "Give --password-file FILE or --password-env NAME." ;;
    *) options+=("$1"); shift ;;
  esac
done

if [[ -n "$file" ]]; then
  [[ -r "$file" ]] || fail 1 "The password file $file can't be read. Nothing was run."
  password="$(<"$file")"
elif [[ -n "$variable" ]]; then
  [[ "$variable" =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || fail 1 "$variable is no name of a variable. Nothing was run."
  password="${!variable:-}"
elif [[ -n "${POSTGRES_PASSWORD:-}" ]]; then
  password="$POSTGRES_PASSWORD"
elif [[ -t 0 ]]; then
  read -rsp "Password of the database: " password
  echo >&2
else
  fail 1 "There is no password, and no terminal to ask on. Nothing was run." "Give --password-file FILE, --password-env NAME or POSTGRES_PASSWORD."
fi

# Only programs that are started from here see these, and no other user does.
export DATABASE_PASSWORD="$password" PGPASSWORD="$password"
unset DATABASE_PASSWORD_FILE PGPASSWORD_FILE password
node "$project/services/check-password.js" ${file:+"$file"}
echo "INFO: The password passed the checks."
echo "INFO: No backup is made: backups come with a later release of Keelson." 
exec "$project/scripts/_generate_migration.sh" "$message" ${options[@]+"${options[@]}"}
