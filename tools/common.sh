# Shared by ./run, ./test, ./bench, tools/install.sh: sourced by bash, never run. Sets `root` and the steps.
# shellcheck shell=bash disable=SC1111

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
build_dir="$root/build"
logs="$build_dir/logs"
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1  # another clone of the same sources finds what this one compiled
export LC_ALL=C.UTF-8  # Chinese in file names and in the output of every tool, whatever the caller's locale

say() { printf '%s\n' "$*"; }

# die ENGLISH CHINESE: one sentence each, then the end.
die() {
  printf '\nerror: %s\n错误：%s\n' "$1" "$2" >&2
  exit 1
}

# Prints the progress lines of a tool read from standard input: on a terminal as one line that is overwritten,
# elsewhere about ten lines in all. Lines that are no progress are left to the log.
# $1: how many steps there are, 0 when each line says so itself ("[12/340 …] …").
show_progress() {
  local total="$1" count=0 last=-1 line percent tty=0 width
  width=100
  if [[ -t 1 ]]; then
    tty=1
    read -r _ width < <(stty size </dev/tty 2>/dev/null) || width=80
  fi
  while IFS= read -r line; do
    if [[ "$total" == 0 ]]; then
      [[ "$line" =~ ^\[([0-9]+)/([0-9]+) ]] || continue
      percent=$((10#${BASH_REMATCH[1]} * 100 / (10#${BASH_REMATCH[2]} > 0 ? 10#${BASH_REMATCH[2]} : 1)))
    else
      [[ "$line" =~ ^(Get:|Unpacking\ |Setting\ up\ ) ]] || continue
      count=$((count + 1))
      percent=$((count * 100 / total))
      ((percent > 100)) && percent=100
      line="[$percent%] $line"
    fi
    if ((tty)); then
      printf '\r\033[K  %s' "${line:0:width-4}"
    elif ((percent / 10 > last)); then
      last=$((percent / 10))
      printf '  %s\n' "${line:0:width}"
    fi
  done
  if ((tty)); then printf '\r\033[K'; fi
}

# step_failed NAME LOG: which step failed, and the lines of its log that matter.
step_failed() {
  local name="$1" log="$2" from
  printf '\n--- %s failed; the lines that matter of %s ---\n' "$name" "${log#"$root"/}" >&2
  from="$(grep -nE -m1 '^FAILED:|CMake Error|^E: ' "$log" | cut -d: -f1 || true)"
  if [[ -n "$from" ]]; then
    sed -n "${from},$((from + 40))p" "$log" >&2
  else
    tail -n 40 "$log" >&2
  fi
  die "step '$name' failed; the whole log is ${log#"$root"/}" "步骤“$name”失败，完整日志见 ${log#"$root"/}。"
}

# One build at a time in build/; the lock ends with the process (and is not handed to the server: release_lock).
take_lock() {
  mkdir -p "$logs"
  exec 9>"$logs/.lock"
  if ! flock -n 9; then
    say "waiting for another build in this folder …"
    flock 9
  fi
}
release_lock() { exec 9>&-; }

# Configures when there is no configuration or it belongs to another folder (a moved or copied clone). Later changes
# of CMake files are ninja's to notice.
configure() {
  local log="$logs/configure.log" home=""
  if [[ -f "$build_dir/CMakeCache.txt" ]]; then
    home="$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$build_dir/CMakeCache.txt")"
  fi
  [[ -f "$build_dir/build.ninja" && "$home" == "$root" ]] && return 0
  say "configuring …"
  cmake --fresh -S "$root" -B "$build_dir" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$log" 2>&1
}

# build_once TARGET…: no target means all. A build that has nothing to do takes a fraction of a second.
build_once() {
  local log="$logs/build.log"
  NINJA_STATUS='[%f/%t %es] ' ninja -C "$build_dir" "$@" 9>&- 2>&1 | tee "$log" | show_progress 0
}

# build SET TARGET…: configures and builds. The stamp of tools/install.sh may be older than the machine's packages,
# so a failure is tried once more when the check finds that a package had gone.
build() {
  local set="$1" begin=$SECONDS failed=""
  shift
  take_lock
  local attempt
  for attempt in 1 2; do
    failed=""
    configure || failed=configure
    [[ -n "$failed" ]] || build_once "$@" || failed=build
    [[ -n "$failed" && "$attempt" == 1 ]] || break
    "$root/tools/install.sh" --repair "$set" || break
  done
  [[ -z "$failed" ]] || step_failed "$failed" "$logs/$failed.log"
  if grep -q 'no work to do' "$logs/build.log"; then return 0; fi
  say "built in $((SECONDS - begin)) s"
}
