#!/usr/bin/env bash
# Runs the command-line tool on a GPU machine: an engine is built, found again, compared and measured.
#
#   trtb.sh TRTB-PROGRAM FOLDER-WITH-TENSORRT MODEL.onnx [ENGINE]
#
# The program is what `dotnet publish src/TrtBindings.Cli -c Release -r linux-x64 -o FOLDER` makes. The model has a dynamic batch,
# such as samples/models/desk-detect/desk-detect.onnx. The engine is a ready one of the model, of any precision, for a machine whose
# TensorRT cannot build; without it the parts that need a builder must work. Results are in the folder that TRTB_OUT names
# (./trtb-results). The exit code is not 0 if a part failed; all parts are run.
set -uo pipefail
if [ $# -lt 3 ]; then
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi

trtb=$1
export TRTBINDINGS_TENSORRT=$2
model=$3
engine=${4:-}
out=${TRTB_OUT:-trtb-results}
mkdir -p "$out"
export COLUMNS=120
failed=0

part() {
    local file=$1
    shift
    echo "== trtb $*" | tee -a "$out/$file"
    "$trtb" "$@" 2>&1 | tee -a "$out/$file" || failed=1
}

if [ -z "$engine" ]; then
    profiles=(--profile batch=1..1..1 --profile batch=4..4..4 --profile batch=16..16..16 --cache "$out/cache")
    part build.txt build "$model" "${profiles[@]}"
    part build.txt build "$model" "${profiles[@]}"
    grep -q '^Reused' "$out/build.txt" || failed=1
    engine=$out/fp16.engine
    part build.txt build "$model" --precision fp16 --profile batch=1..4..16 -o "$engine" --cache "$out/cache"
    part compare.txt compare "$model" --backend cpu,tensorrt --batch 1,16 "${profiles[@]}"
    part bench.txt bench "$model" --backend tensorrt,cpu --batch 1,4,16 --markdown "$out/bench.md" "${profiles[@]}"
fi

part compare.txt compare "$model" "$engine" --batch 1,4 --tolerance fp16
part bench.txt bench "$engine" --batch 1,4 --markdown "$out/engine.md"
part bench.txt bench "$engine" --threads 1,4
part rate.txt bench "$engine" --rate 500 --threads 4
"$trtb" bench "$engine" --batch 1,4 --json > "$out/bench.json" || failed=1
exit "$failed"
