#!/usr/bin/env bash
# What lies in --dir stays there, and nothing is left beside it. $1: the benchmark program.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf -- "$dir"' EXIT
echo mine > "$dir/thesis.txt"
mkdir "$dir/ledger"
echo mine > "$dir/ledger/thesis.txt"
"$1" --only nothing --dir "$dir" > "$dir/out"
rm "$dir/out"
[[ "$(cd "$dir" && find . | sort | tr '\n' ' ')" == ". ./ledger ./ledger/thesis.txt ./thesis.txt " ]] || { find "$dir"; exit 1; }
