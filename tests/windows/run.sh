#!/usr/bin/env bash
# Publishes test projects for Windows x64 and runs them under Wine.
#
#   tests/windows/run.sh [--no-publish] [PART-OF-A-TEST'S-NAME ...]
#
# Needs the .NET SDK and Wine (Debian: apt-get install wine wine64). Each test project is published with a .NET of its own to
# artifacts/windows/<project>; tests/Shared/Xunit/Runner makes it a program. --no-publish runs what an earlier call published.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 if no test failed, and 3 where there is no Wine.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true WINEDEBUG=-all
out=artifacts/windows

publish=true
if [ "${1:-}" = --no-publish ]; then
    publish=false
    shift
fi
parts=("$@")

wine=$(command -v wine || command -v wine64) || {
    echo "Wine is not installed: the tests were not run on Windows' paths, rights and libraries."
    exit 3
}
# A Windows of our own, made anew for each call, so that no test sees another user's files.
export WINEPREFIX=$PWD/$out/wine
rm -rf "$WINEPREFIX"
mkdir -p "$WINEPREFIX"

passed=0 failed=0 skipped=0
run() { # run PROJECT [OPTION-OF-THE-TEST-PROGRAM ...]
    local project=$1 program=$out/$1 last
    shift
    if $publish; then
        # No trimming and no single file: xunit finds tests by reflection.
        dotnet publish "tests/$project" -c Release -r win-x64 --self-contained true -o "$program" -v q \
            -p:ArtifactsPath="$PWD/$out/build" -p:PublishSingleFile=false -p:PublishTrimmed=false \
            -p:SatelliteResourceLanguages=en || { failed=$((failed + 1)); return; }
    fi
    echo "$project:"
    "$wine" "$program/$project.exe" --not-category Slow "$@" ${parts[@]+"${parts[@]}"} </dev/null 2>&1 |
        tr -d '\r' | tee "$program.log"
    last=$(tail -n 1 "$program.log")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
    else
        echo "FAILED: $project ended before its last line"
        failed=$((failed + 1))
    fi
}

run TrtBindings.Tests
run TrtBindings.Vision.Tests

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
