#!/usr/bin/env bash
# Runs the small projects that failed once, as a user has them: from the packed packages, each in a copy.
#
#   tests/reports/run.sh [FOLDER-WITH-THE-REPORTS [NAME...]]       ../shared/reports by default
#
# Prints a line for each, and what went wrong. The last line is "N passed, N failed". Exits with 1 if one failed.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
reports=$(cd "${1:-$root/../shared/reports}" && pwd) || exit 2
[ $# -gt 0 ] && shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NUGET_PACKAGES=$work/nuget DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true MSBUILDDISABLENODEREUSE=1
export DOTNET_CLI_UI_LANGUAGE=en
machine=$(unset NUGET_PACKAGES; dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')

# A version of its own, so that packages which the machine has unpacked before are not taken for these.
version=0.1.1-reports.$(date +%s)
dotnet pack "$root/TrtBindings.sln" -c Release -o "$work/packages" -v q --nologo -p:Version="$version" \
    -p:RestorePackagesPath="$machine" >"$work/pack.txt" 2>&1 ||
    { cat "$work/pack.txt"; exit 2; }
cp -a "$reports" "$work/reports"
chmod -R u+w "$work/reports"
cd "$work/reports"
# What a folder of links became where links were not kept.
data=hf-symlink-data/snapshots/rev/onnx
if [ -d "$data" ] && [ ! -L "$data/model.onnx" ]; then
    for file in "$data"/*; do
        target=$(cat "$file")
        ln -sfn "$target" "$file"
    done
fi
find . -name '*.csproj' -exec sed -i "s/Version=\"0.1.0\"/Version=\"$version\"/g" {} +
# Names of the day the programs were written.
find . -name '*.cs' -exec sed -i 's/Engine\.For(/Engine.Create(/g; s/YoloDetection</Detection</g; s/YoloSegDetection</InstanceDetection</g' {} +

options=(-p:TrtPackages="$work/packages" -p:RestoreFallbackFolders="$machine" --nologo)
results=$work/results.txt
: >"$results"

# check NAME "what must be in the output" "what must not be": reads the output.
check() {
    local output
    output=$(cat)
    if grep -qE -- "$2" <<<"$output" && { [ -z "${3:-}" ] || ! grep -qE -- "$3" <<<"$output"; }; then
        echo "passed  $1" | tee -a "$results"
    else
        echo "FAILED  $1: expected '$2'${3:+ and not '$3'} in" | tee -a "$results"
        sed 's/^/        /' <<<"$output" | tail -15 | cut -c1-300
    fi
}

build() { dotnet build "$@" -v q "${options[@]}" 2>&1; }
run() { dotnet run "${options[@]:0:2}" "$@" 2>&1; }
publish() { dotnet publish -v q "${options[@]}" "$@" 2>&1; }

names=("$@")
[ ${#names[@]} -gt 0 ] || names=(*/)
for name in "${names[@]}"; do
    name=${name%/}
    cd "$work/reports/$name" || continue
    case $name in
        copy-metadata-ignored) { publish -o out && echo published; find out -name '*.onnx'; } | check "$name" '^published' 'doubler\.onnx|error' ;;
        external-data-collision) run | check "$name" 'TRTB0023|clip times 3: 3' ;;
        two-libraries-one-target)
            { build App; dotnet run --project App --no-build; publish App -o out; } | check "$name" 'A doubles 21: 42' 'NETSDK1152|error'
            { dotnet out/App.dll || out/App; } 2>&1 | check "$name, published" 'B squares 21: 441' ;;
        hash-in-path | percent-in-path | onnxmodel-in-build-targets) { build; find bin -name '*.onnx'; } | check "$name" 'bin/.*\.onnx' 'error' ;;
        hf-symlink-data) run | check "$name" '^ok ' 'error|TRTB' ;;
        labels) { build; dotnet run --no-build; } | check "$name" 'caf|Caf|TRTB' 'Class0 Class1 Class2' ;;
        old-langversion) build | check "$name" 'TRTB0025' 'CS9058' ;;
        plugin-native)
            { build Plug; build Host; dotnet Host/bin/Debug/net10.0/Host.dll "$PWD/Plug/bin/Debug/net10.0/Plug.dll"; } 2>&1 |
                check "$name" '^42 42 42' ;;
        single-file-native) { publish -o out; out/single-file-native; } 2>&1 | check "$name" 'ONNX Runtime 1' 'Exception' ;;
        symlinked-model-replaced)
            sed -i "s#dotnet build#dotnet build -p:TrtPackages=$work/packages -p:RestoreFallbackFolders=$machine#" run.sh
            bash run.sh 2>&1 | check "$name" 'compiled against z' 'Exception' ;;
        wildcard-second-build) { build; build; } | check "$name" 'succeeded' 'error' ;;
        yolo-six-columns) run | check "$name" 'TRTB0133|CS0619|TRTB03' ;;
        yolo-messages) build | check "$name" 'names 80 classes, and the head has 1' ;;
        yoloseg-yolov5) run | check "$name" 'TRTB|classes' '25164' ;;
        *) echo "FAILED  $name: unknown here" | tee -a "$results" ;;
    esac
done
failed=$(grep -c '^FAILED' "$results")
echo "$(grep -c '^passed' "$results") passed, $failed failed"
[ "$failed" -eq 0 ]
