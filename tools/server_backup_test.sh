#!/usr/bin/env bash
# Backup and restore of a centre on PostgreSQL, by the steps of docs/operations.md: a base backup and archived logs while commands
# come in, the server lost with its disk, everything back as of a moment; then every hash verifies, every view equals its rebuild, what
# was acknowledged before the moment is there once, and nothing of after it. Run by ctest; the server is the test's own.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
export LC_ALL=C.UTF-8 PATH="/usr/lib/postgresql/15/bin:$PATH"
program="$root/build/yichuang"

work="$(mktemp -d)"
chmod 755 "$work"
stop=()
clean() {
  for p in "${stop[@]}"; do kill -KILL "$p" 2>/dev/null || true; done
  as_postgres pg_ctl -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
  as_postgres pg_ctl -D "$work/pg/new" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

failures=0
checks=0
fail() {
  printf 'FAILED: %s\n' "$*"
  failures=$((failures + 1))
}
expect() {
  checks=$((checks + 1))
  [[ "$2" == "$3" ]] || fail "$1: wanted '$2', found '$3'"
}
expect_in() {
  checks=$((checks + 1))
  [[ "$3" == *"$2"* ]] || fail "$1: wanted '$2' in '$3'"
}
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || { fail "in time: $*"; return 1; }
    read -r -t 0.05 <> <(:) || true
  done
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ "$(id -u)" == 0 ]]; then runuser -u postgres -- env PATH="$PATH" LC_ALL=C.UTF-8 "$@"; else "$@"; fi
}
mkdir "$work/pg" "$work/archive"
if [[ "$(id -u)" == 0 ]]; then chown postgres: "$work/pg" "$work/archive"; fi

# --- a server with an archive ----------------------------------------------------------------------------------------
# The script of operations.md, in this place.
sed -n '/^```sh$/,/^```$/p' "$root/docs/operations.md" | sed -e '/^```/d' -e "s|/srv/archive|$work/archive|g" >"$work/archive-wal"
chmod 755 "$work/archive-wal"
echo administrator-word >"$work/word"
chmod 644 "$work/word"  # of the test's server alone, which ends with it
as_postgres initdb -D "$work/pg/data" -U postgres -E UTF8 --locale=C.UTF-8 --no-sync -A scram-sha-256 --pwfile="$work/word" >"$work/initdb" 2>&1
start_server() {  # DIRECTORY
  as_postgres pg_ctl -D "$1" -w -t 60 -l "$work/pg/log" start -o "-k $work/pg -p $port -c listen_addresses=127.0.0.1 -c archive_mode=on \
    -c archive_command='$work/archive-wal %p %f' -c max_connections=40 -c shared_buffers=32MB" >/dev/null
}
for port in $((20000 + RANDOM % 10000)) $((20000 + RANDOM % 10000)) $((20000 + RANDOM % 10000)) ""; do
  [[ -n "$port" ]] || { cat "$work/pg/log"; exit 1; }
  if start_server "$work/pg/data"; then break; fi
done
# Passwords lie in files, as operations.md has it: the administrator's, and the service's, which the URL names for service and tools alike.
pass_file() {  # FILE ACCOUNT PASSWORD
  echo "127.0.0.1:*:*:$2:$3" >"$1"
  chmod 600 "$1"
}
pass_file "$work/admin-pass" postgres administrator-word
if [[ "$(id -u)" == 0 ]]; then
  cp "$work/admin-pass" "$work/pg/admin-pass"
  chown postgres: "$work/pg/admin-pass"
else
  cp -p "$work/admin-pass" "$work/pg/admin-pass"
fi
pass_file "$work/pgpass" yichuang service-word
unset PGPASSWORD PGPASSFILE
as_admin() { as_postgres env PGPASSFILE="$work/pg/admin-pass" "$@"; }
sql() { PGPASSFILE="$work/admin-pass" psql -h 127.0.0.1 -p "$port" -U postgres -d yichuang -AtX -v ON_ERROR_STOP=1 -c "$1"; }
as_admin psql -h 127.0.0.1 -p "$port" -U postgres -d postgres -qAtX -v ON_ERROR_STOP=1 -c "CREATE ROLE yichuang LOGIN PASSWORD 'service-word'"
as_admin createdb -h 127.0.0.1 -p "$port" -U postgres yichuang --owner yichuang --encoding UTF8 --template template0
url="postgresql://yichuang@127.0.0.1:$port/yichuang?passfile=$work/pgpass"
said="$("$program" verify --store "${url%%\?*}" --data "$work/var" 2>&1)" && fail "the server asks for no password: $said"
expect_in "without the password's file" "store.wrong_password" "$said"

# --- a centre, and somebody who works without a pause ----------------------------------------------------------------
serve() {  # DATA
  "$program" serve --store "$url" --data "$1" --files "$work/shared" --port 0 >"$work/said" 2>&1 &
  server=$!
  stop+=("$server")
  until_true 60 grep -q 'http://127.0.0.1:[0-9]' "$work/said" || { cat "$work/said"; exit 1; }
  address="$(grep -o -m1 'http://127.0.0.1:[0-9]*' "$work/said")"
  token="$(cat "$1/operator.token")"
}
key_of() { printf '00000000-0000-4000-8000-%012d' "$1"; }
open_account() {  # NUMBER; prints status and whether it was a repetition
  curl -s --max-time 20 -o /dev/null -w '%{http_code} %header{x-repeated}\n' -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -H "Idempotency-Key: $(key_of "$1")" -d "{\"account\":\"clerk.$1\",\"name\":\"某甲\",\"department\":\"scjgj\"}" "$address/api/identity/open_account"
}
mkdir "$work/shared"
serve "$work/var"
# A file that somebody gave: its name is the SM3 of what is stored.
stored="$(printf 'as stored' | openssl dgst -sm3 -r | cut -d' ' -f1)"
folder="$(echo "$work"/shared/*)"
mkdir -p "$folder/${stored:0:2}"
printf 'as stored' >"$folder/${stored:0:2}/${stored:2}"
: >"$work/acknowledged"
(
  for ((n = 1; ; ++n)); do
    said="$(open_account "$n" || true)"
    [[ "$said" == 200* ]] || { echo "$n $said" >"$work/first-refused"; break; }
    echo "$n" >>"$work/acknowledged"
  done
) &
stop+=($!)
acknowledged() { wc -l <"$work/acknowledged"; }
has_acknowledged() { [[ "$(acknowledged)" -ge "$1" ]]; }
until_true 60 has_acknowledged 30

# --- backups while commands come in ----------------------------------------------------------------------------------
as_admin pg_basebackup -h 127.0.0.1 -p "$port" -U postgres -D "$work/pg/base" -c fast -X stream --no-sync
as_postgres pg_verifybackup "$work/pg/base" >"$work/verifybackup" 2>&1 || fail "pg_verifybackup: $(cat "$work/verifybackup")"
said="$("$program" backup --store "$url" --data "$work/var" --files "$work/not-mounted" --to "$work/copy" 2>&1)" && fail "a backup without its folder of files: $said"
expect_in "a folder of files that is not mounted" "app.files_missing" "$said"
said="$("$program" backup --store "$url" --data "$work/var" --files "$work/shared" --to "$work/copy" --keys-to "$work/keys")" || fail "backup: $said"
expect_in "files in it" "文件 1 个" "$said"
expect_in "what the backup says" "pg_basebackup" "$said"
expect "no ledger in it" "" "$(find "$work/copy" -name 'yichuang.db*')"
expect "the master key apart" "master" "$(ls "$work/keys/keys" | xargs)"
until_true 60 has_acknowledged $(($(acknowledged) + 30))
before="$(acknowledged)"
moment="$(sql 'SELECT clock_timestamp()')"
after="$(acknowledged)"
until_true 60 has_acknowledged $((after + 30))
segment="$(sql 'SELECT pg_walfile_name(pg_switch_wal())')"
until_true 60 test -s "$work/archive/$segment"
# After a crash the server gives a segment again that is there already.
checks=$((checks + 1))
as_postgres "$work/archive-wal" "$work/archive/$segment" "$segment" || fail "a segment that is archived already is refused"
checks=$((checks + 1))
if as_postgres "$work/archive-wal" "$work/pg/log" "$segment"; then fail "a segment of another content is taken for the same"; fi
until_true 60 has_acknowledged $(($(acknowledged) + 10))

# --- the server and its disk are lost --------------------------------------------------------------------------------
kill -KILL "$(head -1 "$work/pg/data/postmaster.pid")"
until_true 30 test -s "$work/first-refused"
expect_in "a command without a server" " 503" "$(cat "$work/first-refused")"
last="$(acknowledged)"
kill -TERM "$server"
wait "$server" || fail "the service did not end in order: $?"
# Its children notice by themselves.
no_server() { ! pg_isready -q -h 127.0.0.1 -p "$port"; }
until_true 30 no_server
rm -rf "$work/pg/data" "$work/var" "$work/shared" "$work/pg/.s.PGSQL."*  # a machine that is lost leaves no lock of its sockets

# --- back, as of the moment ------------------------------------------------------------------------------------------
as_postgres cp -a "$work/pg/base" "$work/pg/new"
as_postgres touch "$work/pg/new/recovery.signal"
as_postgres tee -a "$work/pg/new/postgresql.auto.conf" >/dev/null <<CONF
restore_command = 'cp $work/archive/%f %p'
recovery_target_time = '$moment'
recovery_target_action = 'promote'
CONF
start_server "$work/pg/new"
recovered() { [[ "$(sql 'SELECT pg_is_in_recovery()')" == f ]]; }
until_true 60 recovered
mkdir "$work/shared"
said="$("$program" restore --from "$work/copy" --keys-from "$work/keys" --data "$work/var" --files "$work/shared" --store "$url" 2>&1)" || fail "restore: $said"
expect "the file is back" "as stored" "$(cat "$folder/${stored:0:2}/${stored:2}")"
expect_in "restore" "恢复完成" "$said"
said="$("$program" verify --store "$url" --data "$work/var" 2>&1)" || fail "verify: $said"
expect_in "verify" "个提交组全部相符" "$said"
said="$("$program" rebuild --store "$url" --data "$work/var" 2>&1)" || fail "rebuild: $said"
expect "views that differ from their rebuild" "" "$(grep 行 <<<"$said" | grep -v 一致 || true)"
expect_in "views that are the same" "identity_account" "$(grep 一致 <<<"$said")"
found="$(sql 'SELECT count(*) FROM yichuang.identity_account')"
checks=$((checks + 1))
((found >= before && found <= after + 1)) || fail "$found accounts are back; $before were acknowledged before the moment, $after when it was told"
expect "they are the first ones" "$found" "$(sql "SELECT count(*) FROM yichuang.identity_account WHERE substr(account, 7)::integer <= $found")"

# --- and it goes on --------------------------------------------------------------------------------------------------
serve "$work/var"
expect "what was acknowledged before is answered from the ledger" "200 true" "$(open_account "$before")"
expect "what was lost is done when it comes again" "200" "$(open_account "$last" | xargs)"
kill -TERM "$server"
wait "$server" || fail "the service did not end in order: $?"
said="$("$program" verify --store "$url" --data "$work/var" 2>&1)" || fail "verify at the end: $said"

# --- the nightly lines of operations.md, in this place ----------------------------------------------------------------
documented() { grep -E "^# $1" "$root/docs/operations.md" | sed -e 's/^# //' -e "s|/srv/|$work/srv/|g" | sort -u; }
mkdir -p "$work/srv/backup" "$work/srv/keys" "$work/srv/archive"
nightly="$(documented 'runuser -u yichuang .* backup --to .*')"
expect "nightly lines that differ" 1 "$(wc -l <<<"$nightly")"
night() {  # FILES; its exit code
  local line="${nightly/runuser -u yichuang -- yichuang --config \/etc\/yichuang\/yichuang.conf backup/\"$program\" backup --store \"$url\" --data \"$work/var\" --files \"$1\"}"
  rm -rf "$work/srv/keys/next"
  bash -c "$line" >"$work/night" 2>&1 && echo 0 || echo "$?"
}
kept() { (cd "$work/srv/keys" && find . -name master | sort | xargs); }
expect "the first night" 0 "$(night "$work/shared")"
expect "its keys" "./now/keys/master" "$(kept)"
expect "a second one of the day is refused" 1 "$(night "$work/shared")"
expect_in "it says why" "app.not_empty" "$(cat "$work/night")"
expect "the keys after it" "./now/keys/master" "$(kept)"
rm -r "$work/srv/backup"/*
expect "a night without the files" 1 "$(night "$work/not-mounted")"
expect "the keys after that" "./now/keys/master" "$(kept)"
mv "$work/srv/keys/now" "$work/srv/keys/old"  # one that was cut off between its renames
expect "another without the files" 1 "$(night "$work/not-mounted")"
expect "the last keys are there" "./old/keys/master" "$(kept)"
expect "a night that succeeds" 0 "$(night "$work/shared")"
expect "its keys alone" "./now/keys/master" "$(kept)"
: >"$work/srv/keys/now/of-yesterday"
rm -r "$work/srv/backup"/*
expect "the next night" 0 "$(night "$work/shared")"
expect "the keys of the night before" "" "$(find "$work/srv/keys" -name of-yesterday)"
expect "this night's" "./now/keys/master" "$(kept)"

forget() {
  local line
  while read -r line; do eval "${line//runuser -u postgres -- /as_postgres }" </dev/null >"$work/forgotten" 2>&1 || true; done < <(
    documented 'newest='
    documented 'first='
  )
}
bases() { (cd "$work/srv/base" && ls | xargs); }
segments() { find "$work/srv/archive" -type f | wc -l; }
cp "$work/archive"/* "$work/srv/archive"
mkdir "$work/srv/base"
all="$(segments)"
expect "lines that forget" 2 "$(documented '(newest|first)=' | wc -l)"
if [[ "$(id -u)" == 0 ]]; then chown -R postgres: "$work/srv/archive" "$work/srv/base"; fi
forget
expect "without a base backup every log stays" "$all" "$(segments)"
as_postgres cp -a "$work/pg/base" "$work/srv/base/2026-01-01"
as_postgres touch -d '60 days ago' "$work/srv/base/2026-01-01"
forget
expect "the only base backup stays, however old" "2026-01-01" "$(bases)"
as_postgres cp -a "$work/pg/base" "$work/srv/base/2026-02-01"
as_postgres rm "$work/srv/base/2026-02-01/PG_VERSION"
forget
expect "the old one stays where the new one does not verify" "2026-01-01 2026-02-01" "$(bases)"
as_postgres cp -a "$work/pg/base/PG_VERSION" "$work/srv/base/2026-02-01/PG_VERSION"
forget
expect "with a new one that does the old one goes" "2026-02-01" "$(bases)"
checks=$((checks + 1))
(($(segments) <= all)) && [[ -s "$work/srv/archive/$segment" ]] || fail "logs that the base backup needs are gone"

printf '%s checks, %s failed; %s commands acknowledged, %s before the moment, %s back\n' "$checks" "$failures" "$last" "$before" "$found"
[[ "$failures" == 0 ]]
