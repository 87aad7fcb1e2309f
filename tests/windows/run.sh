#!/usr/bin/env bash
# Publishes test projects for Windows x64 and runs their fast tests under Wine.
#
#   tests/windows/run.sh [--no-publish] [--trace] [PART-OF-A-TEST'S-NAME ...]
#
# Needs the .NET SDK and Wine for 64 bits (Debian: apt-get install --no-install-recommends wine64 wine). Each project is published
# with a .NET of its own to artifacts/windows/<project>; tests/Shared/Xunit/Runner makes it a program. left-out.txt says what is
# not run, and why. --no-publish runs what an earlier call published; --trace prints each test's name when it begins.
#
# A sample is published too: it must find under Wine what it finds here, with the ONNX Runtime of Windows.
#
# The last line is "N passed, N failed, N skipped"; the exit code is 0 if nothing failed, and 3 where there is no Wine.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 2
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true WINEDEBUG=-all
out=$PWD/artifacts/windows
sample=InstanceSegmentation
projects=(TrtBindings.Tests TrtBindings.Vision.Tests)

publish=true trace=()
while [[ ${1:-} == --* ]]; do
    case $1 in
        --no-publish) publish=false ;;
        --trace) trace=(--trace) ;;
        *) echo "unknown option: $1" >&2; exit 2 ;;
    esac
    shift
done

wine=$(command -v wine || command -v wine64) || {
    echo "Wine is not installed: nothing was run with the paths, rights and libraries of Windows."
    exit 3
}

publish() { # publish FOLDER PROJECT: for the tests' programs, no trimming and no single file, because xunit uses reflection
    dotnet publish "$1/$2" -r win-x64 --self-contained true -o "$out/$2" -v q -p:ArtifactsPath="$out/build" \
        -p:PublishSingleFile=false -p:PublishTrimmed=false -p:SatelliteResourceLanguages=en -p:RunAnalyzers=false
}
if $publish; then
    for project in "${projects[@]}" TrtBindings.Probe; do
        publish tests "$project" || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
    done
    publish samples "$sample" || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
fi

# A Windows of our own, made anew for each call, so that no test sees another user's files.
export WINEPREFIX=$out/wine
rm -rf "$WINEPREFIX"
mkdir -p "$WINEPREFIX" "$out/logs"
trap 'wineserver -k 2>/dev/null' EXIT
# Few garbage collections: Debian's Wine 8 sometimes ends or blocks .NET when it suspends threads for one.
export DOTNET_GCgen0size=40000000 DOTNET_EnableWriteXorExecute=0

without=(--not-category Slow)
while read -r part; do without+=(--not "$part"); done < <(sed -n 's/^\([^# ][^# ]*\) *#.*/\1/p' tests/windows/left-out.txt)

passed=0 failed=0 skipped=0
for project in "${projects[@]}"; do
    log=$out/logs/$project.log
    # A program that ends without its last line is started again, twice at most, and says so.
    for attempt in 1 2 3; do
        timeout 300 "$wine" "$out/$project/$project.exe" "${trace[@]}" "${without[@]}" "$@" \
            </dev/null 2>"$out/logs/$project.errors" | tr -d '\r' >"$log"
        last=$(tail -n 1 "$log")
        [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] && break
        echo "$project: ended without a result, attempt $attempt: $(grep -m 1 -A 1 'Fatal error' "$out/logs/$project.errors" | tail -n 1)"
        last=""
    done
    if [ -z "$last" ]; then
        failed=$((failed + 1))
        continue
    fi

    echo "$project: $last"
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2])) skipped=$((skipped + BASH_REMATCH[3]))
    # A project of which nothing runs has lost its tests, unless some were asked for by name.
    if [ $# -eq 0 ] && [ "${BASH_REMATCH[1]}" -eq 0 ]; then failed=$((failed + 1)); fi
    if [ "${BASH_REMATCH[2]}" -gt 0 ]; then grep -v '^skipped: ' "$log" | sed '$d'; fi
done

if [ $# -eq 0 ]; then
    # Boxes, labels and scores to the digit that is printed; the lines with times differ.
    finds() { tr -d '\r' | grep -E '^ *[A-Za-z]+ [01]\.[0-9]+ '; }
    here=$(cd "$out/logs" && dotnet run --project "$OLDPWD/samples/$sample" 2>&1 | finds)
    there=$(cd "$out/logs" && timeout 120 "$wine" "$out/$sample/$sample.exe" </dev/null 2>/dev/null | tee sample.log | finds)
    libraries=$(cd "$out/$sample" && find . -name onnxruntime.dll -o -name 'libonnxruntime.*' | sort | tr '\n' ' ')
    if [ -n "$here" ] && [ "$here" = "$there" ] && [ "$libraries" = "./onnxruntime.dll " ]; then
        passed=$((passed + 1))
        echo "samples/$sample: the same $(printf '%s\n' "$here" | wc -l) finds as here"
    else
        failed=$((failed + 1))
        echo "FAILED: samples/$sample, with $libraries"
        diff <(printf '%s\n' "$here") <(printf '%s\n' "$there")
    fi
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
