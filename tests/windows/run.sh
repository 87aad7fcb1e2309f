#!/usr/bin/env bash
# Publishes test projects for Windows x64 and runs the test classes of tests.txt under Wine.
#
#   tests/windows/run.sh [--no-publish] [PART-OF-A-CLASS'S-NAME ...]
#
# Needs the .NET SDK and Wine (Debian: apt-get install wine wine64). Each test project is published with a .NET of its own to
# artifacts/windows/<project>; tests/Shared/Xunit/Runner makes it a program. --no-publish runs what an earlier call published.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 if no test failed, and 3 where there is no Wine.
#
# Each class runs in a process of its own. Debian's Wine 8 sometimes kills or blocks .NET when it suspends threads for a garbage
# collection, whatever the program: a process that ends without its last line is started again, twice at most.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true WINEDEBUG=-all
out=artifacts/windows

publish=true
if [ "${1:-}" = --no-publish ]; then
    publish=false
    shift
fi

wine=$(command -v wine || command -v wine64) || {
    echo "Wine is not installed: nothing was run with the paths, rights and libraries of Windows."
    exit 3
}

wanted() { # wanted CLASS PART...: no part, or one that the class's name contains
    local class=$1 part
    shift
    [ $# -eq 0 ] && return 0
    for part in "$@"; do [[ $class == *"$part"* ]] && return 0; done
    return 1
}

projects=$(sed -n 's/^\(TrtBindings[^ ]*\) .*/\1/p' tests/windows/tests.txt | sort -u)
if $publish; then
    for project in $projects; do
        # No trimming and no single file: xunit finds tests by reflection.
        dotnet publish "tests/$project" -c Release -r win-x64 --self-contained true -o "$out/$project" -v q \
            -p:ArtifactsPath="$PWD/$out/build" -p:PublishSingleFile=false -p:PublishTrimmed=false \
            -p:SatelliteResourceLanguages=en || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
    done
fi

# A Windows of our own, made anew for each call, so that no test sees another user's files.
export WINEPREFIX=$PWD/$out/wine
rm -rf "$WINEPREFIX"
mkdir -p "$WINEPREFIX" "$out/logs"
# Few garbage collections, and no remapping of code pages: both make Wine's .NET stable enough.
export DOTNET_GCgen0size=40000000 DOTNET_EnableWriteXorExecute=0

passed=0 failed=0 skipped=0
while read -r project class; do
    wanted "$class" "$@" || continue
    log=$out/logs/$project.$class.log
    for attempt in 1 2 3; do
        timeout 120 "$wine" "$out/$project/$project.exe" ".$class." </dev/null 2>&1 | tr -d '\r' >"$log"
        last=$(tail -n 1 "$log")
        [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] && break
        echo "$class: ended without a result, attempt $attempt: $(grep -m 1 -A 1 'Fatal error' "$log" | tail -n 1)"
        last=""
    done
    if [ -z "$last" ]; then
        failed=$((failed + 1))
        continue
    fi

    echo "$class: $last"
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
    # A class that runs nothing does not exist any more.
    if [ "$last" = "0 passed, 0 failed, 0 skipped" ]; then failed=$((failed + 1)); fi
    sed -n '/^FAILED/,$p' "$log" | sed '$d'
done < <(grep '^TrtBindings' tests/windows/tests.txt)

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
