#!/usr/bin/env bash
# Runs the command-line tool on a GPU machine: an engine is built, found again, compared and measured.
#
#   trtb.sh TRTB-PROGRAM FOLDER-WITH-TENSORRT MODEL.onnx [PICTURE]
#
# The program is what `dotnet publish src/TrtBindings.Cli -c Release -r linux-x64 -o FOLDER` makes. The model has a dynamic batch,
# such as samples/models/desk-detect/desk-detect.onnx. Results are in the folder that TRTB_OUT names (./trtb-results): bench.md,
# bench.json, compare.txt and others. The exit code is that of the first command that fails.
set -euo pipefail
if [ $# -lt 3 ]; then
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi

trtb=$1
export TRTBINDINGS_TENSORRT=$2
model=$3
picture=${4:-}
out=${TRTB_OUT:-trtb-results}
mkdir -p "$out"
cache=(--cache "$out/cache")
export COLUMNS=120

"$trtb" build "$model" --profile batch=1..1..1 --profile batch=4..4..4 --profile batch=16..16..16 "${cache[@]}" | tee "$out/build.txt"
"$trtb" build "$model" --profile batch=1..1..1 --profile batch=4..4..4 --profile batch=16..16..16 "${cache[@]}" | tee -a "$out/build.txt"
grep -q '^Reused' "$out/build.txt"
"$trtb" build "$model" --precision fp16 --profile batch=1..4..16 -o "$out/fp16.engine" "${cache[@]}" | tee -a "$out/build.txt"
"$trtb" compare "$model" --backend cpu,tensorrt --batch 1,16 "${cache[@]}" | tee "$out/compare.txt"
"$trtb" compare "$model" "$out/fp16.engine" --batch 1,16 --tolerance fp16 | tee -a "$out/compare.txt"
if [ -n "$picture" ]; then
    "$trtb" run "$model" --image "$picture" --backend tensorrt --overlay "$out/found.png" "${cache[@]}" | tee "$out/run.txt"
fi

"$trtb" bench "$model" --backend tensorrt,cpu --batch 1,4,16 --markdown "$out/bench.md" "${cache[@]}" | tee "$out/bench.txt"
"$trtb" bench "$model" --backend tensorrt --threads 1,4 --json "${cache[@]}" > "$out/bench.json"
"$trtb" bench "$model" --backend tensorrt --rate 500 --threads 4 "${cache[@]}" | tee "$out/rate.txt"
