#!/bin/sh
# Gets the four Fandol fonts (仿宋, 黑体, 楷体, 宋体) into DEST (default .deps/fonts).
#
#   tools/fonts.sh [DEST]
#
# They live in Debian's texlive-lang-chinese. Installing it pulls 22 packages and 260 MB, so the package is only
# downloaded (47 MB), unpacked in a temporary directory, and the five files that are needed are copied (27 MB).
# Fandol is GPL-3 with a font exception: fetched at set-up, never committed; its COPYING is copied beside the fonts.
# Does nothing when all files are there. Needs apt-get, dpkg-deb and Debian's package lists; needs no root for the
# download itself.
set -eu

dest=${1:-.deps/fonts}
files="FandolFang-Regular.otf FandolHei-Regular.otf FandolKai-Regular.otf FandolSong-Regular.otf COPYING.Fandol"

fail() {
  echo "fonts.sh: $1" >&2
  exit 1
}

complete() {
  for f in $files; do
    [ -s "$dest/$f" ] || return 1
  done
}

if complete; then
  echo "fonts: already in $dest"
  exit 0
fi
command -v apt-get >/dev/null 2>&1 || fail "apt-get is missing; on another system copy the Fandol fonts ($files) to $dest"
command -v dpkg-deb >/dev/null 2>&1 || fail "dpkg-deb is missing; install the package dpkg"
mkdir -p "$dest" || fail "cannot create $dest"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
# apt's own download user must be able to write here, else it warns and falls back to root.
chmod 755 "$work"

echo "fonts: downloading texlive-lang-chinese (47 MB) for the Fandol fonts ..."
(cd "$work" && apt-get download texlive-lang-chinese >apt.log 2>&1) || {
  cat "$work/apt.log" >&2
  fail "the download failed; is the network reachable, and has 'apt-get update' been run?"
}
deb=$(ls "$work"/texlive-lang-chinese_*.deb 2>/dev/null) || fail "apt-get downloaded nothing"
dpkg-deb -x "$deb" "$work/x" || fail "the downloaded package is damaged; run the command again"

from="$work/x/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
copying=$(find "$work/x" -ipath '*fandol*' -name 'COPYING*' | head -n 1)
[ -n "$copying" ] || fail "the package holds no COPYING of Fandol"
# Written under another name and renamed, so that an interrupted copy never looks complete.
put() {
  cp "$1" "$dest/$2.part" && chmod 644 "$dest/$2.part" && mv "$dest/$2.part" "$dest/$2" || fail "cannot write $dest/$2"
}
for f in $files; do
  case $f in
    COPYING.Fandol) put "$copying" "$f" ;;
    *)
      [ -s "$from/$f" ] || fail "the package holds no $f"
      put "$from/$f" "$f"
      ;;
  esac
done
complete || fail "not all files arrived in $dest"
echo "fonts: $files -> $dest"
