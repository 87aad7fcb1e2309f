#!/usr/bin/env bash
# Writes the PublicAPI.Unshipped.txt of every package from its sources; `git diff` then shows how the public API changed. The
# analyzer's own code fix does the same, but not for members that a source generator writes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export LC_ALL=C DOTNET_NOLOGO=true DOTNET_CLI_UI_LANGUAGE=en
log=$(mktemp)
trap 'rm -f "$log"' EXIT

files=(*/PublicAPI.Unshipped.txt)
for file in "${files[@]}"; do
    { echo '#nullable enable'; sed -n '/^\*REMOVED\*/p' "$file"; } > "$log"
    cp "$log" "$file"
done

# An undeclared member is only a warning here, so that the packages above are compiled too.
: > "$log"
for file in "${files[@]}"; do
    dotnet build "${file%/*}" -p:RunAnalyzers=true -p:TreatWarningsAsErrors=false >> "$log" || { cat "$log"; exit 1; }
done

for file in "${files[@]}"; do
    sed -n "/\/${file%/*}\.csproj\]/s/.* RS0016: Symbol '\(.*\)' is not part of the declared .*/\1/p" "$log" | sort -f -u >> "$file"
    echo "src/$file: $(grep -c '^[^#]' "$file") lines"
done
