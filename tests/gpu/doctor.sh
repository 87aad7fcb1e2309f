#!/usr/bin/env bash
# Checks `trtb doctor` on a machine with a GPU: tests/gpu/doctor.sh TRTB [TENSORRT-FOLDER [ORT-GPU-FOLDER]]. TRTB is the published
# tool; TENSORRT-FOLDER has libnvinfer.so.10 or .11 and what belongs to it; ORT-GPU-FOLDER has ONNX Runtime's library with its CUDA
# provider, and LD_LIBRARY_PATH has CUDA and cuDNN for it. A line for each check; the exit code is the number of failed ones.
# Needs python3 for reading JSON.
set -u
trtb=$(realpath "${1:?path of the published trtb}")
tensorrt=${2:-}
ort=${3:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
unset TRTBINDINGS_TENSORRT TRTBINDINGS_CUDA_LIBRARY

# check NAME EXPRESSION: runs the doctor with the arguments after them; EXPRESSION is Python about the report r and its text t.
check() {
    local name=$1 expression=$2
    shift 2
    "$trtb" doctor --json "$@" > "$work/report.json" 2> "$work/errors.txt"
    local code=$?
    if CODE=$code python3 - "$work/report.json" "$expression" <<'P'
import json, os, sys
t = open(sys.argv[1]).read(); r = json.loads(t); code = int(os.environ["CODE"])
ran = {one["backend"]: one for one in r.get("convolution", [])}
sys.exit(0 if eval(sys.argv[2]) else 1)
P
    then echo "passed: $name"
    else echo "FAILED: $name (exit code $code)"; cat "$work/report.json" "$work/errors.txt"; failed=$((failed + 1))
    fi
}

check "the driver works, names its GPU and says up to which CUDA" \
    'r["driver"]["works"] and r["driver"]["gpus"] and r["driver"]["supportsCudaUpTo"] and ran["OnnxRuntimeCpu"]["works"]'
check "the driver's library and its kernel module are of one version" \
    'not r["driver"].get("version") or not r["driver"].get("kernelModule") or r["driver"]["version"] == r["driver"]["kernelModule"]'
CUDA_VISIBLE_DEVICES=-1 check "hidden GPUs are named as hidden" 'code == 1 and "CUDA_VISIBLE_DEVICES" in t'
if [ -z "$(ldconfig -p | grep libnvinfer.so)" ]; then
    LD_LIBRARY_PATH= check "without TensorRT on the path there is none" 'r["tensorRt"] == [] and not ran["TensorRT"]["works"]'
fi
check "a TensorRT that is not there is a line and exit code 2" 'code == 2 and "/nowhere" in r["error"]' --tensorrt /nowhere

if [ -n "$tensorrt" ]; then
    LD_LIBRARY_PATH=$tensorrt${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} check "with TensorRT on the path it is found and loads" \
        'r["tensorRt"][0]["inUse"] and r["tensorRt"][0]["loads"] and r["tensorRt"][0]["source"] == "LibraryPath"'
    check "whether it builds is what making a builder says" \
        'r["build"]["works"] == ran["TensorRT"]["works"] and (r["build"]["works"] or r["build"]["text"])' --tensorrt "$tensorrt"
    mkdir "$work/planted"
    # A lean runtime or another version under the name of libnvinfer: the library's own answer counts.
    cp "$(ls "$tensorrt"/libnvonnxparser.so.1? | head -1)" "$work/planted/libnvinfer.so.10"
    check "another library under libnvinfer's name is found" 'code == 1' --tensorrt "$work/planted"
fi

if [ -n "$ort" ]; then
    check "the CUDA provider runs a convolution" 'ran["OnnxRuntimeCuda"]["works"]' --onnxruntime "$ort" --require cuda
    LD_LIBRARY_PATH= check "without CUDA and cuDNN on the path the missing library and its cure are named" \
        'ran["OnnxRuntimeCuda"]["works"] or (code == 1 and "pip install nvidia-cudnn" in t)' --onnxruntime "$ort"
fi
"$trtb" doctor ${tensorrt:+--tensorrt "$tensorrt"} ${ort:+--onnxruntime "$ort"}
exit "$failed"
