#!/usr/bin/env bash
# Makes a self-contained linux-x64 copy of the GPU tests, for a machine with NVIDIA's driver and nothing else.
#
#   tests/gpu/publish.sh [--program-only] [FOLDER]       the folder is artifacts/gpu-tests by default
#
# In the folder afterwards: program/ (the tests, .NET, the C library of the overhead test), run.sh, and as archives for a machine
# that takes small files only: runtime.tar.xz (.NET and other people's libraries, which change rarely and are not packed again with
# --program-only) and program.tar.xz (ours).
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
    -p:PublishSingleFile=false -p:PublishTrimmed=false -p:PublishReadyToRun=false -p:SatelliteResourceLanguages=en
g++ -std=c++17 -O2 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden -o "$program/libbaseline.so" tests/gpu/native/*.cpp
cp tests/gpu/run.sh "$folder/run.sh"
# What only a debugger or an editor reads.
find "$program" -name '*.xml' -delete

ours=(TrtBindings.dll TrtBindings.pdb TrtBindings.Gpu.Tests TrtBindings.Gpu.Tests.dll TrtBindings.Gpu.Tests.pdb
    TrtBindings.Gpu.Tests.deps.json TrtBindings.Gpu.Tests.runtimeconfig.json libbaseline.so models)
present=()
for name in "${ours[@]}"; do [ -e "$program/$name" ] && present+=("program/$name"); done
tar -C "$folder" -c run.sh "${present[@]}" | xz -6 -T0 >"$folder/program.tar.xz"
if $programOnly; then exit; fi
exclude=()
for name in "${present[@]}"; do exclude+=("--exclude=$name"); done
tar -C "$folder" -c "${exclude[@]}" program | xz -4 -T0 >"$folder/runtime.tar.xz"
ls -l "$folder"/*.xz
