#!/usr/bin/env bash
# Makes a self-contained linux-x64 copy of the GPU tests and of the benchmarks, for a machine with NVIDIA's driver and no more.
#
#   tests/gpu/publish.sh [--program-only] [FOLDER]       the folder is artifacts/gpu-tests by default
#
# Assemblies are compiled before they run, as those of an application that minds its start. READY_TO_RUN=false leaves that to .NET's
# compiler: KernelLoadTests then shows what that costs.
#
# In the folder afterwards: program/ (the tests, .NET, the C library of the overhead test), run.sh, benchmarks/ (the benchmarks
# with a .NET of their own: benchmarks/TrtBindings.Benchmarks [GROUP...]), and as archives for a machine that takes small files
# only: runtime.tar.xz (.NET and other people's libraries of the tests), program.tar.xz (ours) and benchmarks.tar.xz. With
# --program-only, runtime and benchmarks are not packed again: they change rarely.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
programOnly=false
if [ "${1:-}" = --program-only ]; then
    programOnly=true
    shift
fi
folder=${1:-artifacts/gpu-tests}
program=$folder/program
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true

rm -rf "$program"
mkdir -p "$program"
# No trimming and no single file: tests are found by reflection, and only our own files change from one copy to the next.
dotnet publish tests/TrtBindings.Gpu.Tests -c Release -r linux-x64 --self-contained true -o "$program" \
    -p:PublishSingleFile=false -p:PublishTrimmed=false -p:PublishReadyToRun="${READY_TO_RUN:-true}" -p:SatelliteResourceLanguages=en
g++ -std=c++17 -O2 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden -o "$program/libbaseline.so" tests/gpu/native/*.cpp
cp tests/gpu/run.sh "$folder/run.sh"
# What only a debugger or an editor reads.
find "$program" -name '*.xml' -delete

ours=(TrtBindings.dll TrtBindings.pdb TrtBindings.Vision.dll TrtBindings.Vision.pdb
    TrtBindings.Vision.SkiaSharp.dll TrtBindings.Vision.SkiaSharp.pdb
    TrtBindings.Gpu.Tests TrtBindings.Gpu.Tests.dll TrtBindings.Gpu.Tests.pdb
    TrtBindings.Gpu.Tests.deps.json TrtBindings.Gpu.Tests.runtimeconfig.json libbaseline.so torch_baseline.py models)
present=()
for name in "${ours[@]}"; do [ -e "$program/$name" ] && present+=("program/$name"); done
tar -C "$folder" -c run.sh "${present[@]}" | xz -6 -T0 >"$folder/program.tar.xz"
if $programOnly; then exit; fi

benchmarks=$folder/benchmarks
rm -rf "$benchmarks"
dotnet publish tests/TrtBindings.Benchmarks -c Release -r linux-x64 --self-contained true -o "$benchmarks" \
    -p:PublishSingleFile=false -p:PublishTrimmed=false -p:PublishReadyToRun=false -p:SatelliteResourceLanguages=en
find "$benchmarks" -name '*.xml' -delete
tar -C "$folder" -c benchmarks | xz -4 -T0 >"$folder/benchmarks.tar.xz"

exclude=()
for name in "${present[@]}"; do exclude+=("--exclude=$name"); done
tar -C "$folder" -c "${exclude[@]}" program | xz -4 -T0 >"$folder/runtime.tar.xz"
ls -l "$folder"/*.xz
