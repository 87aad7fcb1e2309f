#!/usr/bin/env bash
# Runs the tests of ONNX Runtime's CUDA provider and writes down what they measured.
#
#   run-onnxruntime.sh [OUT [PART-OF-A-TEST'S-NAME ...]]      results go to ./gpu-results by default
#
# CUDA's and cuDNN's libraries are taken from python3's site-packages (nvidia/*/lib) where they are there, after what
# LD_LIBRARY_PATH names already. With TRTBINDINGS_TENSORRT (TensorRT's folder) and TRTBINDINGS_GPU_DATA (the engines) set, the
# tests on TensorRT can run too: "run-onnxruntime.sh OUT Pipeline. Kernels.Tests CudaPipeline" is the whole GPU pipeline.
# Results of an earlier run in the folder are kept, also those of run.sh: the report gets a
# section "ONNX Runtime's CUDA provider". The last line is "N passed, N failed, N skipped".
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:-gpu-results}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- CudaProvider.
mkdir -p "$out" || exit 2

libraries=$(python3 -c '
import glob, os, sys
places = [d for p in sys.path if p for d in sorted(glob.glob(os.path.join(p, "nvidia", "*", "lib")))]
print(":".join(dict.fromkeys(places)))' 2>/dev/null || true)
export LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$libraries
echo "LD_LIBRARY_PATH=$LD_LIBRARY_PATH"
if command -v nvidia-smi >/dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true
fi
chmod +x "$here/program/TrtBindings.Gpu.Tests"
"$here/program/TrtBindings.Gpu.Tests" run "$out" --limit "${GPU_LIMIT:-200}" ${GPU_TOTAL:+--total "$GPU_TOTAL"} "$@"
