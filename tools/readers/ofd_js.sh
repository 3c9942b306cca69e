#!/bin/sh
# Gets ofd.js 0.2.6 (Apache-2.0), a reader of OFD that is not ours, into DEST (default .deps/ofd.js), for one test alone.
# Only the package itself: what it depends on is bundled in the one file that the test opens. Does nothing when it is there.
set -eu
dest=${1:-.deps/ofd.js}
sum=ec96a0966f66f8d1740e18eb231c6683de63020c6dde15be6aeb19778d912685
[ -s "$dest/ofd.umd.min.js" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent ofd.js@0.2.6 >/dev/null) || { echo "ofd_js.sh: npm could not fetch ofd.js" >&2; exit 1; }
echo "$sum  $work/ofd.js-0.2.6.tgz" | sha256sum --check --status || { echo "ofd_js.sh: the package is not the known one" >&2; exit 1; }
tar -xzf "$work/ofd.js-0.2.6.tgz" -C "$work"
mkdir -p "$dest"
cp "$work/package/LICENSE" "$dest/LICENSE"
cp "$work/package/lib/ofd.umd.min.js" "$dest/ofd.umd.min.js.part"
mv "$dest/ofd.umd.min.js.part" "$dest/ofd.umd.min.js"
