#!/usr/bin/env bash
# Runs the GPU tests and writes down what they measured.
#
#   run.sh FOLDER-WITH-TENSORRT [FOLDER-WITH-DATA] [PART-OF-A-TEST'S-NAME ...]
#
# The first folder holds libnvinfer, its parser, plug-ins and, for tests that build, its builder resource. The second one holds
# tensorrt/ (manifest.json, engines, ref, models) and realmodels/; "-" for none. Without parts of names every test is run;
# with some, those tests only, and their results replace those of an earlier run into the same folder.
#
# Environment: GPU_OUT, the folder for results (./gpu-results by default); GPU_LIMIT, the seconds after which a test that does
# nothing is ended; GPU_TOTAL, the seconds after which tests that have not begun are left out. The last line is "N passed,
# N failed, N skipped".
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ $# -lt 1 ]; then
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
    exit 2
fi

trt=$(cd "$1" && pwd) || exit 2
data=${2:--}
shift
[ $# -gt 0 ] && shift
out=${GPU_OUT:-gpu-results}
mkdir -p "$out" || exit 2

export TRTBINDINGS_TENSORRT=$trt
[ "$data" != - ] && export TRTBINDINGS_GPU_DATA=$data
# LD_LIBRARY_PATH stays as it is: TensorRT is used from a folder that only this variable names, as an application may have it.
# The tests that are about the ways to say where it lies set both variables themselves, each way in a process of its own.
limit=${GPU_LIMIT:-}
if [ -z "$limit" ]; then
    limit=100
    # A build may take a minute and a half.
    ls "$trt"/*builder_resource* >/dev/null 2>&1 && limit=400
fi

if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true
fi
chmod +x "$here/program/TrtBindings.Gpu.Tests"
"$here/program/TrtBindings.Gpu.Tests" run "$out" --limit "$limit" ${GPU_TOTAL:+--total "$GPU_TOTAL"} "$@"
