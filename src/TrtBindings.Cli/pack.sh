#!/usr/bin/env bash
# Packs the tool into a folder: src/TrtBindings.Cli/pack.sh FOLDER [platform …]. A package for each platform (linux-x64, compiled
# ahead of time, and any, for the rest) and the one that names them, which 'dotnet tool install' is given. With platforms, only
# these are packed.
set -euo pipefail
folder=$(mkdir -p "${1:?folder of the packages}" && cd "$1" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=true
platforms=("${@:-linux-x64}")
[ $# -gt 0 ] || platforms=(linux-x64 any)
list=$(IFS=';'; echo "${platforms[*]}")
for platform in "${platforms[@]}"; do
    dotnet pack -c Release -v q -r "$platform" -p:PackTool=true "-p:ToolPackageRuntimeIdentifiers=\"$list\"" -o "$folder"
done
dotnet pack -c Release -v q -p:PackTool=true -p:PackOnlyTheList=true "-p:ToolPackageRuntimeIdentifiers=\"$list\"" -o "$folder"
