#!/usr/bin/env bash
# readers_test.sh ofd|docx PROGRAM ROOT: makes the bulletin of the example week and opens it with a reader that is not ours. 77: it is
# not installed, nothing was tried.
set -euo pipefail
kind=$1 program=$2 root=$3
case "$kind" in
  ofd) [[ -s "$root/.deps/ofd.js/ofd.umd.min.js" ]] || { echo "left out: ofd.js is not installed (tools/install.sh ci)"; exit 77; } ;;
  docx) command -v soffice >/dev/null || { echo "left out: LibreOffice is not installed (tools/install.sh ci)"; exit 77; } ;;
  *) echo "unknown: $kind" >&2; exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$program" --catalogue "$root/data" replay --data "$work/var" --week-file "$root/testdata/weeks/week-2024-06-17.yaml" >/dev/null
paper() { "$program" --catalogue "$root/data" bulletin --data "$work/var" --week 2024-06-17 --format "$1" --out "$work/paper.$1" 2>/dev/null; }
cd "$root"
paper text
paper "$kind"
if [[ "$kind" == ofd ]]; then
  # ofd.js draws with the fonts of the machine by their names, not with those of the file.
  mkdir -p "$work/share"
  ln -s "$root/.deps/fonts" "$work/share/fonts"
  export XDG_DATA_HOME="$work/share" XDG_CACHE_HOME="$work/cache"
  node tools/readers/ofd_reader.mjs "$work/paper.ofd" "$work/paper.text" ${PICTURE:+"$PICTURE"}
  exit
fi
# LibreOffice reads it, writes it as text, and sets it on pages.
export HOME="$work"
soffice --headless --convert-to txt:Text --outdir "$work" "$work/paper.docx" >/dev/null 2>&1
bare() { tr -d ' \t\r\n' | sed 's/\xe3\x80\x80//g; s/\xef\xbb\xbf//g'; }
read=$(bare <"$work/paper.txt")
wanted=$(bare <"$work/paper.text")
[[ "$read" == *"$wanted" ]] || { echo "LibreOffice reads other words:"; diff <(fold -w 90 <<<"$read") <(fold -w 90 <<<"$wanted") | head -20; exit 1; }
soffice --headless --convert-to pdf --outdir "$work" "$work/paper.docx" >/dev/null 2>&1
pages=$(pdfinfo "$work/paper.pdf" | awk '/^Pages:/ { print $2 }')
[[ "$pages" -ge 3 && "$pages" -le 6 ]] || { echo "LibreOffice makes $pages pages of it"; exit 1; }
pdfinfo "$work/paper.pdf" | grep -q 'A4' || { echo "the paper is not A4"; exit 1; }
[[ -z "${PICTURE:-}" ]] || pdftoppm -r 60 -png -singlefile "$work/paper.pdf" "${PICTURE%.png}"
echo "$pages pages set by LibreOffice"
