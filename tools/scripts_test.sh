#!/usr/bin/env bash
# shellcheck disable=SC1111,SC2016 # Chinese quotation marks; stand-ins expand their own words
# Tests of ./run, ./test, ./bench, .ci/run and tools/install.sh that build and install nothing: their words, their
# refusals, the count that .ci/run prints, and what the installer says when it cannot install. Run by ctest.
set -euo pipefail
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
failures=0
checks=0

# expect STATUS TEXT COMMAND…: the command ends with STATUS and its output holds TEXT.
expect() {
  local wanted="$1" text="$2" status=0 out
  shift 2
  out="$("$@" 2>&1 </dev/null)" || status=$?
  checks=$((checks + 1))
  if [[ "$status" != "$wanted" || "$out" != *"$text"* ]]; then
    printf 'FAILED: %s\n  status %s, wanted %s; wanted the text: %s\n%s\n' "$*" "$status" "$wanted" "$text" "$out"
    failures=$((failures + 1))
  fi
}

for script in run test bench sim .ci/run tools/install.sh tools/common.sh tools/fonts.sh tools/scripts_test.sh tools/server_backup_test.sh tools/readers/readers_test.sh tools/readers/ofd_js.sh \
  packaging/build-deb packaging/man-page packaging/package_test.sh; do
  expect 0 "" bash -n "$root/$script"
done

# Words. Started from another folder and over a symbolic link.
ln -s "$root/run" "$scratch/run"
expect 0 "--build-only" bash -c "cd '$scratch' && ./run --help"
expect 0 "--filter REGEX" "$root/test" -h
expect 0 "--quick" "$root/bench" --help
expect 0 "--kills N" "$root/sim" --help
expect 1 "unknown word '--nonsense'" "$root/run" --nonsense
expect 1 "unknown word 'x'" "$root/sim" x
expect 1 "--kills is a whole number from 1, not '0'" "$root/sim" --kills 0
expect 1 "--cuts needs a value" "$root/sim" 7 --cuts
expect 1 "SEED is a whole number from 1, not '7x'" "$root/sim" 7x
expect 1 "--only is one of: node-sqlite" "$root/sim" --only nothing
expect 1 "unknown word 'x'" "$root/test" x
expect 1 "0 至 65535" "$root/run" --port 65536
expect 1 "from 0 to 65535" "$root/run" --port=80a
expect 1 "--port needs a value" "$root/run" --port
expect 1 "--data is empty" "$root/run" --data ''
expect 1 "--filter needs" "$root/test" --filter
expect 0 "--no-build" "$root/packaging/build-deb" --help
expect 1 "unknown word 'x'" "$root/packaging/build-deb" x
expect 1 "--out needs" "$root/packaging/build-deb" --out ''
expect 1 "unknown set 'tets'" "$root/tools/install.sh" tets

# A copy of the scripts with stand-ins for what would build, install and run.
copy="$scratch/copy"
mkdir -p "$copy/tools" "$copy/.ci" "$copy/build" "$scratch/bin"
cp "$root/run" "$root/test" "$copy/"
cp "$root/.ci/run" "$copy/.ci/run"
cp "$root/tools/common.sh" "$root/tools/install.sh" "$copy/tools/"
stand_in() { printf '#!/usr/bin/env bash\n%s\n' "$2" >"$1" && chmod +x "$1"; }

# .ci/run: the count, a failed test, a build that fails before any test, a test run that counts well but fails.
stand_in "$copy/test" 'echo "100% tests passed, 0 tests failed out of 41"'
expect 0 "41 passed, 0 failed" bash "$copy/.ci/run"
stand_in "$copy/test" 'echo "95% tests passed, 2 tests failed out of 41"; exit 8'
expect 1 "39 passed, 2 failed" bash "$copy/.ci/run"
stand_in "$copy/test" "printf '100%% tests passed, 0 tests failed out of 41\n\nThe following tests did not run:\n\t 12 - package_test (Skipped)\n'"
expect 0 "left out, neither passed nor failed: package_test" bash "$copy/.ci/run"
expect 0 "40 passed, 0 failed" bash "$copy/.ci/run"
stand_in "$copy/test" 'echo "98% tests passed, 1 tests failed out of 41"; exit 8'
expect 1 "40 passed, 1 failed" bash "$copy/.ci/run"
stand_in "$copy/test" 'echo "error: step build failed"; exit 1'
expect 1 "no test was run" bash "$copy/.ci/run"
stand_in "$copy/test" 'true'
expect 1 "no test was run" bash "$copy/.ci/run"
stand_in "$copy/test" 'echo "100% tests passed, 0 tests failed out of 41"; exit 1'
expect 1 "41 passed, 0 failed" bash "$copy/.ci/run"

# ./run: a configuration of this folder is kept, the program gets an absolute data directory, and a build that fails
# is named with the line that matters.
stand_in "$scratch/bin/ninja" 'echo "ninja: no work to do."'
stand_in "$scratch/bin/cmake" 'echo "cmake must not run"; exit 1'
stand_in "$copy/build/yichuang" 'echo "program: $*"'
stand_in "$copy/tools/fonts.sh" 'echo "fonts: already in $1"'
: >"$copy/build/build.ninja"
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$(cd "$copy" && pwd -P)" >"$copy/build/CMakeCache.txt"
export PATH="$scratch/bin:$PATH"
export YI_SKIP_INSTALL=1
expect 0 "program: up --port 9000 --data $scratch/week --fresh" \
  bash -c "cd '$scratch' && copy/run --port 9000 --data=week --fresh"
expect 0 "program: up --port 8080 --data $copy/var" "$copy/run"
expect 0 "the program is build/yichuang" "$copy/run" --build-only
stand_in "$scratch/bin/ninja" 'echo "[1/2 0.1s] Building"; echo "FAILED: x.o"; echo "x.cpp:1: error: no"; exit 1'
expect 1 "x.cpp:1: error: no" "$copy/run"
expect 1 "步骤“build”失败" "$copy/run"
# A configuration of another folder is made anew, and its failure is named.
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$scratch/elsewhere" >"$copy/build/CMakeCache.txt"
expect 1 "cmake must not run" "$copy/run"
expect 1 "step 'configure' failed" "$copy/run"
unset YI_SKIP_INSTALL

# The installer: nothing to do, a package that had gone, a user who may not install.
echo "build bash # there on every machine" >"$copy/tools/packages.txt"
expect 0 "" "$copy/tools/install.sh" build
expect 0 "" "$copy/tools/install.sh" build
expect 1 "" "$copy/tools/install.sh" --repair build
echo "build yichuang-no-such-package@/bin/sh # its file is there" >"$copy/tools/packages.txt"
expect 0 "" "$copy/tools/install.sh" build
echo "build yichuang-no-such-package@/nowhere/at/all # never there" >"$copy/tools/packages.txt"
stand_in "$scratch/bin/id" 'echo 1000'
stand_in "$scratch/bin/sudo" 'echo "sudo: a password is required"; exit 1'
expect 1 "a password is required" "$copy/tools/install.sh" build
rm "$scratch/bin/sudo"
if ! command -v sudo >/dev/null; then
  expect 1 "apt-get install --no-install-recommends yichuang-no-such-package" "$copy/tools/install.sh" build
  expect 1 "没有 sudo" "$copy/tools/install.sh" build
fi

printf '%d checks, %d failed\n' "$checks" "$failures"
[[ "$failures" == 0 ]]
