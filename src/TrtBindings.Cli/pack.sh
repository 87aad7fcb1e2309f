#!/usr/bin/env bash
# Packs the tool into a folder: src/TrtBindings.Cli/pack.sh FOLDER [PLATFORM …]. A package for each platform (linux-x64, compiled
# ahead of time, and any, for the rest), and the one that names them, which 'dotnet tool install' asks for. With platforms, only
# these are packed and named.
set -euo pipefail
folder=$(mkdir -p "${1:?folder of the packages}" && cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- linux-x64 any
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=true
list=$(IFS=';'; echo "$*")
options=(-c Release -v q -p:PackTool=true "-p:ToolPackageRuntimeIdentifiers=\"$list\"" -o "$folder")
for platform in "$@"; do dotnet pack -r "$platform" "${options[@]}"; done
dotnet pack "${options[@]}"
