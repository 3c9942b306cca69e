#!/usr/bin/env bash
# Builds the package from build/, installs it into a root of the test's own, starts it there as the unit would, asks it directly and
# through nginx's example, ends it, upgrades, removes and purges it. Run by ctest; nothing outside the root and build/ changes.
#
# The root is this system seen through an overlay that is thrown away, in namespaces of its own for mounts, processes and network: so
# the libraries are those of this Debian, the ports are the real ones, and nothing stays.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
export LC_ALL=C.UTF-8

if [[ "${1:-}" != inside ]]; then
  if [[ "$(id -u)" != 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      echo "skipped: installing a package into a root of one's own needs root, or sudo without a password"
      exit 77
    fi
    exec sudo -n "$0"
  fi
  exec unshare --mount --net --pid --fork --kill-child --mount-proc bash "$0" inside
fi

failures=0
checks=0
fail() {
  printf 'FAILED: %s\n' "$*"
  failures=$((failures + 1))
}
# expect WHAT WANTED FOUND
expect() {
  checks=$((checks + 1))
  [[ "$2" == "$3" ]] || fail "$1: wanted '$2', found '$3'"
}
expect_in() {
  checks=$((checks + 1))
  [[ "$3" == *"$2"* ]] || fail "$1: wanted '$2' in '$3'"
}
# until SECONDS COMMAND…: asks again until it succeeds.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    read -r -t 0.1 <> <(:) || true
  done
}

# --- the package -----------------------------------------------------------------------------------------------------
"$root/packaging/build-deb" --no-build >/dev/null
package="$(ls -t "$root"/build/packages/yichuang_*.deb | head -1)"
tags="$(lintian --allow-root --tag-display-limit 0 "$package" 2>&1)" || true
expect "lintian" "" "$tags"
while read -r mode owner _ _ _ path _; do
  case "$path" in
    ./usr/bin/yichuang) expect "$path" "-rwxr-xr-x root/root" "$mode $owner" ;;
    */) expect "$path" "drwxr-xr-x root/root" "$mode $owner" ;;
    *) expect "$path" "-rw-r--r-- root/root" "$mode $owner" ;;
  esac
done < <(dpkg-deb -c "$package")

# --- the root --------------------------------------------------------------------------------------------------------
work="$(mktemp -d)"
trap 'umount -R "$work" 2>/dev/null || umount -l "$work" || true; rmdir "$work" || true' EXIT
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$work"
mkdir "$work"/{up,work,top}
top="$work/top"
mount -t overlay -o "lowerdir=/,upperdir=$work/up,workdir=$work/work" overlay "$top"
mount -t proc proc "$top/proc"
mount --rbind /dev "$top/dev"
for d in run tmp; do mount -t tmpfs -o mode=1777 tmpfs "$top/$d"; done
ip link set lo up
before=()  # what a command in the root is run by
in_root() { ${exec:-} ${before[@]+"${before[@]}"} chroot "$top" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
cp "$package" "$top/tmp/yichuang.deb"

# --- installed -------------------------------------------------------------------------------------------------------
said="$(in_root apt-get -y --no-install-recommends install /tmp/yichuang.deb 2>&1)" || fail "apt-get install: $said"
expect_in "what the installation says" "systemctl enable --now yichuang" "$said"
expect "status" "install ok installed" "$(in_root dpkg-query -W -f '${Status}' yichuang)"
expect "files as packed" "" "$(in_root dpkg --verify yichuang)"
expect "the centre's directory" "700 yichuang yichuang" "$(in_root stat -c '%a %U %G' /var/lib/yichuang)"
expect "its account" "/usr/sbin/nologin" "$(in_root getent passwd yichuang | cut -d: -f7)"
expect "systemd-analyze verify" "" "$(in_root systemd-analyze verify /lib/systemd/system/yichuang.service 2>&1 | grep yichuang || true)"
score="$(in_root systemd-analyze security --offline=true /lib/systemd/system/yichuang.service | sed -n 's/.*exposure level.*: \([0-9.]*\) .*/\1/p')"
checks=$((checks + 1))
awk -v s="$score" 'BEGIN { exit !(s != "" && s <= 1.5) }' || fail "exposure level '$score', wanted at most 1.5"
in_root man --warnings -l /usr/share/man/man1/yichuang.1.gz >/dev/null 2>"$work/man" || true
expect "warnings of the manual page" "" "$(cat "$work/man")"
broken_links() {  # in the package's handbook
  local file link
  while IFS=: read -r file link; do
    [[ -e "$(dirname "$file")/${link%%#*}" ]] || echo "${file##*/}: $link"
  done < <(grep -rHoE --include='*.md' '\]\([^)#:` ]+\.md[^)]*\)|\]\(\.\./[^)]*\)' "$top/usr/share/doc/yichuang" | grep -v '/README' | sed -E 's/:\]\(/:/; s/\)$//')
}
expect "links of the handbook that lead nowhere" "" "$(broken_links)"
expect "scale.md" "there" "$([[ -s "$top/usr/share/doc/yichuang/scale.md" ]] && echo there)"
expect_in "the manual page" "--metrics-address" "$(zcat "$top/usr/share/man/man1/yichuang.1.gz" | sed 's/\\-/-/g')"

# --- started as the unit starts it: its line, account, directory, read-only system -----------------------------------
unit="$top/lib/systemd/system/yichuang.service"
setting() { sed -n "s/^$1=//p" "$unit"; }
read -r -a line < <(setting ExecStart)
sed -i -e 's/^#behind-tls/behind-tls/' -e 's/^#host/host/' -e 's/^#metrics-address/metrics-address/' "$top/etc/yichuang/yichuang.conf"
mount --bind "$top/var/lib/yichuang" "$top/var/lib/yichuang"
mkdir -p "$top/tmp/log"
# As ProtectSystem=strict has it: for the service alone the system is read-only, its own directory and its private /tmp are not.
# shellcheck disable=SC2016 # of the inner shell
read_only=(unshare --mount --propagation private bash -c 'mount -o remount,bind,ro "$0" && mount -o remount,bind,ro "$0/run" && exec "$@"' "$top")
before=("${read_only[@]}")
for place in /usr /etc/yichuang /run; do expect_in "$place, to the service" "Read-only file system" "$(in_root touch "$place/try" 2>&1 || true)"; done
expect "its own directory" "written" "$(in_root sh -c 'echo written >/var/lib/yichuang/try && cat /var/lib/yichuang/try && rm /var/lib/yichuang/try')"
before=()
as_service() {
  in_root /usr/bin/env -C "$(setting WorkingDirectory)" setpriv --reuid "$(setting User)" --regid "$(setting Group)" --clear-groups --no-new-privs \
    --bounding-set=-all --inh-caps=-all "$@"
}
chmod 1777 "$top/tmp/log"
start_service() {  # CALLS: where strace writes, in the root
  rm -f "$work/status"
  (
    umask "$(setting UMask)"
    before=("${read_only[@]}")
    exec=exec as_service env JOURNAL_STREAM=1:1 strace -f -qq -o "$1" "${line[@]}" >"$work/said" 2>&1 &
    echo $! >"$work/pid"
    wait $! && status=0 || status=$?
    echo "$status" >"$work/status"
  ) &
  until_true 120 curl -fsS http://127.0.0.1:8080/api/health || fail "it does not answer: $(cat "$work/said")"
}
end_service() {
  local strace
  strace="$(cat "$work/pid")"
  kill -TERM "$(cut -d' ' -f1 "/proc/$strace/task/$strace/children")" || fail "it is not running"
  until_true 60 test -s "$work/status" || fail "it does not end"
  expect "exit code after SIGTERM" 0 "$(cat "$work/status" 2>/dev/null)"
}
ask() { curl -s --max-time 10 -o /dev/null -w '%{http_code}' "$@"; }
start_service /tmp/log/calls
expect_in "health" '"version":"0.1.0"' "$(curl -fsS http://127.0.0.1:8080/api/health)"
expect "the portal" 200 "$(ask http://127.0.0.1:8080/)"
expect "the desk" 200 "$(ask http://127.0.0.1:8080/desk/)"
expect_in "figures" 'yichuang_database_up 1' "$(curl -fsS http://127.0.0.1:9464/metrics)"
expect "files of others may read" "" "$(find "$top/var/lib/yichuang" -perm /077 ! -type l)"
expect "their owner" "" "$(find "$top/var/lib/yichuang" ! -user "$(in_root id -u yichuang)")"
# Somebody's first acts, so that there is something to verify; by the operator's token, as long as there is no administrator.
command() { curl -s --max-time 10 -H "Authorization: Bearer $(cat "$top/var/lib/yichuang/operator.token")" -H 'Content-Type: application/json' -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" -d "$2" "http://127.0.0.1:8080/api/$1"; }
expect_in "a command" '"identity.account_opened/1"' "$(command identity/open_account '{"account":"clerk.a","name":"某甲","department":"scjgj"}')"
checks=$((checks + 1))
if grep -E 'code=' "$work/said"; then fail "a one-time link stands in the log"; fi
expect_in "where the links are" "/first-administrator?code=" "$(cat "$top/var/lib/yichuang/links")"
expect "another of its kind" "[store.locked /var/lib/yichuang/lock]" "$(as_service "${line[@]}" 2>&1 | tail -1 || true)"

# --- nginx, by its example, with a certificate of the test's ---------------------------------------------------------
mkdir -p "$top/etc/ssl/yichuang"
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=zwfw.example.gov.cn -keyout "$top/etc/ssl/yichuang/key.pem" \
  -out "$top/etc/ssl/yichuang/fullchain.pem" 2>/dev/null
rm -f "$top"/etc/nginx/sites-enabled/*
cp "$top/usr/share/doc/yichuang/examples/nginx.conf" "$top/etc/nginx/sites-enabled/yichuang"
said="$(in_root nginx -t 2>&1)" || fail "nginx -t: $said"
expect "warnings of nginx" "" "$(grep -i 'warn\|emerg' <<<"$said" || true)"
exec=exec in_root nginx -g 'daemon off;' >"$work/nginx" 2>&1 &
nginx=$!
through() { ask -k --resolve zwfw.example.gov.cn:443:127.0.0.1 --resolve zwfw.example.gov.cn:80:127.0.0.1 --resolve zwfw.example.gov.cn:9443:127.0.0.1 "$@"; }
until_true 10 curl -ksS https://127.0.0.1/ || fail "nginx does not answer: $(cat "$work/nginx")"
expect "plain HTTP is led to TLS" 301 "$(through http://zwfw.example.gov.cn/)"
for n in 1 2 3 4; do expect "the page, although the second node is not there" 200 "$(through https://zwfw.example.gov.cn/)"; done
expect "a command without credentials" 401 "$(through -X POST -H 'Content-Type: application/json' -d '{}' https://zwfw.example.gov.cn/api/casework/accept)"
expect "figures of the first node" 200 "$(through https://zwfw.example.gov.cn:9443/node-1/metrics)"
expect "figures of the second" 502 "$(through https://zwfw.example.gov.cn:9443/node-2/metrics)"
expect "figures are not the public's" 404 "$(through https://zwfw.example.gov.cn/metrics)"
many=0
for _ in {1..40}; do [[ "$(through -X POST -d 'account=x' https://zwfw.example.gov.cn/login)" == 429 ]] && many=1; done
expect "a flood of log-ins is held up" 1 "$many"
kill "$nginx" && wait "$nginx" || fail "nginx had ended: $(cat "$work/nginx")"

# --- ended -----------------------------------------------------------------------------------------------------------
end_service
expect_in "what it says at the end" "正在停止" "$(cat "$work/said")"
expect "the links after the end" "gone" "$([[ -e "$top/var/lib/yichuang/links" ]] || echo gone)"

# --- a request that every node answers with 503 shuts nobody else out -------------------------------------------------
cat >"$work/node.py" <<'PY'
import http.server, sys
class Node(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if self.path == "/one" else int(sys.argv[2]) if self.path == "/health/ready" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Node).serve_forever()
PY
start_stand_ins() {  # how they stand when they are asked
  local port
  for port in 8080 8081; do
    python3 "$work/node.py" "$port" "$1" &
    nodes+=($!)
    until_true 10 curl -fsS "http://127.0.0.1:$port/" || fail "a stand-in does not answer"
  done
}
end_stand_ins() {
  local node
  for node in "${nodes[@]}"; do kill "$node" && wait "$node" || true; done
  nodes=()
}
nodes=()
start_stand_ins 200
exec=exec in_root nginx -g 'daemon off;' >"$work/nginx" 2>&1 &
nginx=$!
until_true 10 curl -ksS https://127.0.0.1/ || fail "nginx does not answer: $(cat "$work/nginx")"
for n in 1 2 3; do expect "the one request" 503 "$(through https://zwfw.example.gov.cn/one)"; done
for n in 1 2 3; do expect "the next ones" 200 "$(through https://zwfw.example.gov.cn/)"; done
kill "$nginx" && wait "$nginx" || fail "nginx had ended: $(cat "$work/nginx")"
end_stand_ins

# --- HAProxy, by its example, where this machine has it --------------------------------------------------------------
if [[ -x "$top/usr/sbin/haproxy" ]]; then
  cat "$top/etc/ssl/yichuang/fullchain.pem" "$top/etc/ssl/yichuang/key.pem" >"$top/etc/ssl/yichuang/both.pem"
  said="$(in_root haproxy -c -f /usr/share/doc/yichuang/examples/haproxy.cfg 2>&1)" || fail "haproxy -c: $said"
  expect "warnings of HAProxy" "" "$(grep -i 'warning\|alert' <<<"$said" || true)"
  exec=exec in_root haproxy -db -f /usr/share/doc/yichuang/examples/haproxy.cfg >"$work/haproxy" 2>&1 &
  haproxy=$!
  no_node() {
    curl -sk --max-time 10 -D "$work/head" -o "$work/body" --resolve zwfw.example.gov.cn:443:127.0.0.1 https://zwfw.example.gov.cn/
    grep -q ' 503' "$work/head" && grep -q '"code":"http.no_node"' "$work/body"
  }
  until_true 10 no_node || fail "what it says without a node: $(cat "$work/haproxy" "$work/head" "$work/body")"
  expect_in "when to come again" "retry-after: 3" "$(tr '[:upper:]' '[:lower:]' <"$work/head")"
  start_stand_ins 503
  answers() { [[ "$(through https://zwfw.example.gov.cn/)" == 200 ]]; }
  until_true 10 answers || fail "nodes of which none is ready are not asked"
  until_true 10 grep -q "'nodes' has no server available" "$work/haproxy" || fail "it takes them for ready"
  expect "what a node can answer that is not ready" 200 "$(through https://zwfw.example.gov.cn/)"
  expect "what it cannot" 503 "$(through https://zwfw.example.gov.cn/one)"
  end_stand_ins
  start_stand_ins 200
  until_true 10 answers || fail "ready nodes are not asked"
  for n in 1 2 3; do expect "the one request" 503 "$(through https://zwfw.example.gov.cn/one)"; done
  for n in 1 2 3; do expect "the next ones" 200 "$(through https://zwfw.example.gov.cn/)"; done
  end_stand_ins
  kill "$haproxy" && wait "$haproxy" 2>/dev/null || true
fi

# --- what it asked of the kernel is what the unit allows -------------------------------------------------------------
names_of() {  # of a filter's sets, all levels down
  local line
  while read -r line; do
    case "$line" in
      '#'* | '') ;;
      @*) [[ "$line" == "$1" ]] || names_of "$line" ;;
      *) echo "$line" ;;
    esac
  done < <(systemd-analyze syscall-filter "$1")
}
allowed="$(names_of @system-service | sort -u)"
for set in $(setting SystemCallFilter | sed -n 's/^~//p'); do allowed="$(comm -23 <(echo "$allowed") <(names_of "$set" | sort -u))"; done
expect_allowed() {  # WHAT CALLS
  local called
  called="$(sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' "$top$2" | sort -u)"
  expect "$1: system calls that the unit does not allow" "" "$(comm -13 <(echo "$allowed") <(echo "$called") | grep -v '^execve$' || true)"
  checks=$((checks + 1))
  [[ "$(wc -l <<<"$called")" -gt 30 ]] || fail "$1: strace saw too little: $called"
  checks=$((checks + 1))
  if grep -E '(mmap|mprotect)\(.*PROT_WRITE\|PROT_EXEC' "$top$2" | head -3; then fail "$1: memory that is written and run"; fi
  expect "$1: sockets of other families than the unit's" "" "$(sed -nE 's/.*socket\((AF_[A-Z0-9]+).*/\1/p' "$top$2" | sort -u | grep -vE '^AF_(UNIX|INET6?)$' || true)"
}
expect_allowed "SQLite" /tmp/log/calls

# --- the tools, with the same settings -------------------------------------------------------------------------------
tool() { as_service yichuang --config /etc/yichuang/yichuang.conf "$@" 2>&1; }
expect_in "verify" "全部相符" "$(tool verify)"
expect_in "backup" "备份完成" "$(tool backup --to /tmp/log/copy --keys-to /tmp/log/keys)"
# Its account owns the directory and nothing beside it, as operations.md makes it.
in_root install -d -o yichuang -g yichuang -m 700 /var/lib/yichuang-again
expect_in "restore" "恢复完成" "$(tool restore --from /tmp/log/copy --keys-from /tmp/log/keys --data /var/lib/yichuang-again)"
expect_in "verify of what was restored" "全部相符" "$(tool verify --data /var/lib/yichuang-again)"
expect_in "rebuild of it" "一致" "$(tool rebuild --data /var/lib/yichuang-again)"

# --- the master key where the service may only read, and a rotation that was ended before the new one got its name -----
in_root install -d -m 700 -o yichuang -g yichuang /etc/yichuang/keys
in_root mv /var/lib/yichuang/keys/master /etc/yichuang/keys/master
echo 'master-key = /etc/yichuang/keys/master' >>"$top/etc/yichuang/yichuang.conf"
in_root cp -p /etc/yichuang/keys/master /etc/yichuang/keys/old
said="$(tool keys rotate)" || fail "keys rotate: $said"
in_root mv /etc/yichuang/keys/master /etc/yichuang/keys/master.new
in_root mv /etc/yichuang/keys/old /etc/yichuang/keys/master
start_service /tmp/log/calls-keys
expect_in "a command under the key that fits" '"identity.account_opened/1"' "$(command identity/open_account '{"account":"clerk.k","name":"某丙","department":"scjgj"}')"
end_service
expect_in "what it says of the other" "/etc/yichuang/keys/master.new lies beside the master key" "$(cat "$work/said")"
expect "both are there" "master master.new" "$(in_root ls /etc/yichuang/keys | xargs)"
said="$(tool keys rotate)" || fail "keys rotate again: $said"
expect "the new one has its name" "master" "$(in_root ls /etc/yichuang/keys | xargs)"
expect_in "verify under it" "全部相符" "$(tool verify)"
in_root mv /etc/yichuang/keys/master /var/lib/yichuang/keys/master
in_root rmdir /etc/yichuang/keys
sed -i '/^master-key = /d' "$top/etc/yichuang/yichuang.conf"

# --- the centre moves to PostgreSQL, and the unit serves it there ----------------------------------------------------
as_postgres() { in_root /usr/bin/env -C /tmp setpriv --reuid postgres --regid postgres --clear-groups /usr/lib/postgresql/15/bin/"$@"; }
in_root install -d -o postgres -m 700 /tmp/pg
echo administrator-word >"$top/tmp/pg/word"
in_root chown postgres /tmp/pg/word
said="$(as_postgres initdb -D /tmp/pg/data -U postgres -E UTF8 --locale=C.UTF-8 --no-sync -A scram-sha-256 --pwfile=/tmp/pg/word 2>&1)" || fail "initdb: $said"
as_postgres pg_ctl -D /tmp/pg/data -w -t 60 -l /tmp/pg/log start -o "-k /tmp/pg -p 5432 -c listen_addresses=127.0.0.1" >/dev/null || fail "the server: $(cat "$top/tmp/pg/log")"
sql() { in_root /usr/bin/env PGPASSWORD=administrator-word psql -h 127.0.0.1 -U postgres -d postgres -qAtX -v ON_ERROR_STOP=1 -c "$1" 2>&1; }
expect "the account in the database" "" "$(sql "CREATE ROLE yichuang LOGIN PASSWORD 'service-word'")"
expect "the database" "" "$(sql "CREATE DATABASE yichuang OWNER yichuang ENCODING 'UTF8' TEMPLATE template0")"
echo '127.0.0.1:5432:yichuang:yichuang:service-word' | in_root install -m 600 -o yichuang -g yichuang /dev/stdin /etc/yichuang/pgpass
url='postgresql://yichuang@127.0.0.1:5432/yichuang?passfile=/etc/yichuang/pgpass'
expect_in "migrate" "两边的账本头相同" "$(tool migrate --from /var/lib/yichuang --to "$url")"
sed -i "s|^#store = .*|store = $url|" "$top/etc/yichuang/yichuang.conf"
start_service /tmp/log/calls-postgresql
expect_in "figures" 'database="postgresql"' "$(curl -fsS http://127.0.0.1:9464/metrics)"
expect_in "a command" '"identity.account_opened/1"' "$(command identity/open_account '{"account":"clerk.b","name":"某乙","department":"scjgj"}')"
end_service
expect_allowed "PostgreSQL" /tmp/log/calls-postgresql
expect_in "verify there" "全部相符" "$(tool verify)"
expect_in "backup there" "备份完成" "$(tool backup --to /tmp/log/copy-2 --keys-to /tmp/log/keys-2)"
expect_in "schema" "510000" "$(tool schema)"
as_postgres pg_ctl -D /tmp/pg/data -m fast -w stop >/dev/null || fail "the server does not stop"

# --- upgraded, removed, purged ---------------------------------------------------------------------------------------
said="$(in_root dpkg --force-confdef --force-confold -i /tmp/yichuang.deb 2>&1)" || fail "dpkg -i again: $said"
expect_in "settings after an upgrade" "behind-tls = yes" "$(grep '^behind' "$top/etc/yichuang/yichuang.conf")"
in_root dpkg -r yichuang >/dev/null 2>&1 || fail "dpkg -r"
expect "the program after its removal" "gone" "$([[ -e "$top/usr/bin/yichuang" ]] || echo gone)"
expect "settings after its removal" "kept" "$([[ -e "$top/etc/yichuang/yichuang.conf" ]] && echo kept)"
said="$(in_root dpkg -P yichuang 2>&1)" || fail "dpkg -P: $said"
expect_in "what a purge says" "was kept" "$said"
expect "settings after a purge" "gone" "$([[ -e "$top/etc/yichuang/yichuang.conf" ]] || echo gone)"
expect "the ledger after a purge" "kept" "$([[ -s "$top/var/lib/yichuang/yichuang.db" ]] && echo kept)"

printf '%s checks, %s failed; exposure level %s\n' "$checks" "$failures" "$score"
[[ "$failures" == 0 ]]
