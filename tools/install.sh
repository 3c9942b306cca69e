#!/usr/bin/env bash
# shellcheck disable=SC1111 # Chinese quotation marks
# tools/install.sh [--repair] [build] [test] [bench] [package] [ci]
# Installs what is missing of the named sets of tools/packages.txt (default: build), then the fonts.
# With --repair: looks at every package again, and ends with 0 only when it had to install something.
# Nothing to do is answered from a stamp in .deps and dpkg's own files, in a few hundredths of a second.
set -euo pipefail
# shellcheck source=tools/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

repair=0
sets=()
for word in "$@"; do
  case "$word" in
    --repair) repair=1 ;;
    build | test | bench | package | ci) sets+=("$word") ;;
    -h | --help) sed -n '3,6s/^# //p' "$0"; exit 0 ;;
    *) die "unknown set '$word': build, test, bench, package or ci" "没有“$word”这一组：只有 build、test、bench、package、ci。" ;;
  esac
done
[[ ${#sets[@]} -gt 0 ]] || sets=(build)

if [[ -n "${YI_SKIP_INSTALL:-}" ]]; then exit "$repair"; fi
list="$root/tools/packages.txt"
wanted=()
while read -r set package _; do
  # npm@/usr/bin/npm: nothing is wanted where the file is there already.
  [[ "$package" == *@* && -e "${package#*@}" ]] && continue
  for s in "${sets[@]}"; do
    [[ "$set" == "$s" ]] && wanted+=("${package%%@*}")
  done
done <"$list"

if [[ ! -d /var/lib/dpkg/info ]]; then
  die "this system has no dpkg. Yichuang is built on Debian 12; elsewhere install the counterparts of
       tools/packages.txt yourself and set YI_SKIP_INSTALL=1" \
    "本系统没有 dpkg。一窗在 Debian 12 上构建；其他系统请自行安装 tools/packages.txt 所列软件，并设置 YI_SKIP_INSTALL=1。"
fi

# 1. The quick answer: the stamp of this very list, and dpkg still knows the files of every package.
stamp="$root/.deps/installed-$(IFS=-; echo "${sets[*]}")-$(cksum <"$list" | cut -d' ' -f1)"
fonts() { "$root/tools/fonts.sh" "$root/.deps/fonts" | sed '/already in/d'; }
if [[ "$repair" == 0 && -f "$stamp" ]]; then
  there=1
  for p in "${wanted[@]}"; do
    if [[ ! -e "/var/lib/dpkg/info/$p.list" ]]; then
      compgen -G "/var/lib/dpkg/info/$p:*.list" >/dev/null || { there=0; break; }
    fi
  done
  if [[ "$there" == 1 ]]; then
    fonts
    exit 0
  fi
fi

# 2. What dpkg says is really installed.
missing=()
have="$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)"
for p in "${wanted[@]}"; do
  grep -qx "installed $p" <<<"$have" || missing+=("$p")
done
if [[ "$repair" == 1 && ${#missing[@]} == 0 ]]; then exit 1; fi

mkdir -p "$root/.deps"
log="$root/.deps/install.log"

# Becomes `sudo` where the user is not root; dies when nobody here may install.
as_root=()
become_root() {
  [[ "$(id -u)" == 0 ]] && return 0
  if ! command -v sudo >/dev/null; then
    die "packages are missing and this user may not install them (no sudo). As root, run:
       apt-get install --no-install-recommends $*" \
      "缺少软件包，而当前用户无权安装（没有 sudo）。请由管理员执行上面的命令后重试。"
  fi
  as_root=(sudo)
  [[ -t 0 ]] || as_root=(sudo -n)
}
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -y -q -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 "$@" </dev/null 2>&1 | tee -a "$log"
}
update() {
  say "reading Debian's package lists …"
  apt update >/dev/null || step_failed "apt-get update" "$log"
}
install() {
  local plan
  plan="$(apt-get -s -q install --no-install-recommends "${missing[@]}" 2>/dev/null | grep -c '^Inst ' || true)"
  say "installing ${#missing[@]} packages ($plan with what they need): ${missing[*]}"
  # Three lines of apt for each package: fetched, unpacked, set up.
  apt install --no-install-recommends "${missing[@]}" | show_progress $((plan * 3 + 1))
}

if [[ ${#missing[@]} -gt 0 ]]; then
  become_root "${missing[@]}"
  : >"$log"
  fresh=0
  if ! apt-get -s -q install --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    update
    fresh=1
  fi
  if ! install; then
    # Old lists name files that the mirror no longer has: once more with new ones.
    [[ "$fresh" == 0 ]] || step_failed "apt-get install" "$log"
    update
    install || step_failed "apt-get install" "$log"
  fi
fi

# 3. The fonts of the bulletin, which Debian has only inside a large package; its list may be missing or old.
fonts || {
  become_root texlive-lang-chinese
  update
  fonts || die "the fonts could not be fetched" "未能取得公文字体，请检查网络后重试。"
}

# 4. A reader of OFD that is not ours, for one test.
for s in "${sets[@]}"; do
  [[ "$s" != ci ]] || sh "$root/tools/readers/ofd_js.sh" "$root/.deps/ofd.js"
done

touch "$stamp"
