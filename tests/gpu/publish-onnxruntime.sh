#!/usr/bin/env bash
# Makes a self-contained linux-x64 copy of the tests of ONNX Runtime's CUDA provider, for a machine with NVIDIA's driver, CUDA 13
# and cuDNN 9, in pieces for a machine that takes small files only.
#
#   tests/gpu/publish-onnxruntime.sh [--program-only] [FOLDER [PIECE]]       artifacts/gpu-onnxruntime and 47m by default
#
# In the folder afterwards: program/, run-onnxruntime.sh, and pieces/: provider.tar.xz.NN, which changes with ONNX Runtime only,
# and program.tar.xz.NN with everything else. With --program-only, the provider is not packed again.
# There: cat provider.tar.xz.* | tar xJ; cat program.tar.xz.* | tar xJ; ./run-onnxruntime.sh. CONFIGURATION=Debug builds less.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
programOnly=false
if [ "${1:-}" = --program-only ]; then
    programOnly=true
    shift
fi
folder=${1:-artifacts/gpu-onnxruntime}
piece=${2:-47m}
program=$folder/program
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true

rm -rf "$program" "$folder"/pieces/program.*
mkdir -p "$program" "$folder/pieces"
# No trimming and no single file: tests are found by reflection.
dotnet publish tests/TrtBindings.Gpu.Tests -c "${CONFIGURATION:-Release}" -r linux-x64 --self-contained true -o "$program" \
    -p:OnnxRuntimeGpu=true -p:PublishSingleFile=false -p:PublishTrimmed=false -p:PublishReadyToRun="${READY_TO_RUN:-true}" \
    -p:SatelliteResourceLanguages=en
g++ -std=c++17 -O2 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden -o "$program/libbaseline.so" tests/gpu/native/*.cpp
cp tests/gpu/run-onnxruntime.sh "$folder/"
find "$program" -name '*.xml' -delete
# ONNX Runtime's own TensorRT provider is not used.
rm -f "$program/libonnxruntime_providers_tensorrt.so"

provider=program/libonnxruntime_providers_cuda.so
if ! $programOnly; then
    rm -f "$folder"/pieces/provider.*
    tar -C "$folder" -c "$provider" | xz -3 -T0 | split -d -b "$piece" - "$folder/pieces/provider.tar.xz."
fi
tar -C "$folder" -c --exclude="$provider" run-onnxruntime.sh program | xz -6 -T0 |
    split -d -b "$piece" - "$folder/pieces/program.tar.xz."
ls -l "$folder/pieces"
