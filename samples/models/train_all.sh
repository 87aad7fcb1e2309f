#!/bin/bash
# Renders the scenes and trains and exports the sample models that are made of them, in parallel on one GPU: train_all.sh OUT SECONDS [--quick]
#
# OUT gets one .tar.gz per model (model, held-out data, reference results, report.json, pictures to look at) and all.log.
# WORK, by default /tmp/sample-models, holds what is between. SCENES says how many scenes to render.
# desk-seg is not trained here (see README.md); desk-detect, desk-pose, desk-obb and desk-classify are train_siblings.sh's.
set -u
if [ $# -lt 2 ]; then echo "usage: train_all.sh OUT SECONDS [--quick]"; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd); out=$1; seconds=$2; quick=${3:-}
work=${WORK:-/tmp/sample-models}; mkdir -p "$out" "$work"; out=$(cd "$out" && pwd)
python=${PYTHON:-python3}; scenes=${SCENES:-3000}; held=24; size="--width 448 --height 336"
if [ -n "$quick" ]; then scenes=${SCENES:-96}; held=6; fi
export PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore OMP_NUM_THREADS=${OMP_NUM_THREADS:-4}
began=$(date +%s); limit=$((seconds + ${EXTRA:-200}))
stamp() { echo "== $(( $(date +%s) - began )) s: $*"; }

start() {      # name, folder, script, arguments: runs it in the background, its log in WORK/name.log
    local name=$1 folder=$2; shift 2
    ( cd "$here/$folder" && timeout "$limit" "$python" "$@" --out "$work/$name" $quick > "$work/$name.log" 2>&1; echo $? > "$work/$name.rc" ) &
}

rm -f "$work"/*.rc
nvidia-smi -L 2>/dev/null || echo "no nvidia-smi"
"$python" -c "import torch, torchvision, onnx, sklearn, skimage, PIL; print('torch', torch.__version__, 'torchvision', torchvision.__version__, 'onnx', onnx.__version__, 'GPU', torch.cuda.is_available())" || { echo "a Python package is missing, see above"; exit 1; }
"$python" -c "import onnxruntime; print('onnxruntime', onnxruntime.__version__)" || echo "no onnxruntime: exports will not be compared"

digits=$(( seconds < 60 ? seconds : 60 ))
start digits digits/train train_digits.py --seconds $digits
stamp "digits started, rendering $scenes scenes"
( cd "$here/common" && "$python" render_pool.py "$work/pool.npz" --scenes "$scenes" --held "$held" $size ${POOL_ARGUMENTS:-} ) || { echo "rendering failed, see above; nothing else is trained"; tail -5 "$work/digits.log"; exit 1; }
stamp "scenes rendered"
start desk-maskrcnn desk-maskrcnn/train train_maskrcnn.py --pool "$work/pool.npz" --seconds "$seconds"
start faces faces/train train_faces.py --pool "$work/pool.npz" --seconds "$seconds"
start desk-semantic desk-semantic/train train_semantic.py --pool "$work/pool.npz" --seconds "$seconds"
wait
stamp "all ended"

failed=0
for name in digits desk-semantic faces desk-maskrcnn; do
    code=$(cat "$work/$name.rc" 2>/dev/null || echo none)
    [ "$code" = 0 ] || failed=$((failed + 1))
    echo "---- $name: exit $code$([ "$code" = 124 ] && echo ' (stopped by its time limit)')"
    grep -v Warning "$work/$name.log" | tail -n $([ "$code" = 0 ] && echo 6 || echo 22) | cut -c1-420
    { echo "==== $name, exit $code"; cat "$work/$name.log"; } >> "$out/all.log"
done
for name in digits desk-semantic faces; do
    [ -d "$work/$name" ] && tar -C "$work" -czf "$out/$name.tar.gz" "$name"
done
if [ -d "$work/desk-maskrcnn" ]; then       # in two parts, each under 16 MiB
    tar -C "$work" -czf "$out/desk-maskrcnn-1.tar.gz" --exclude='*-320x320.onnx' --exclude='*-640x640.onnx' desk-maskrcnn
    ( cd "$work" && ls desk-maskrcnn/*-320x320.onnx desk-maskrcnn/*-640x640.onnx > /dev/null 2>&1 && tar -czf "$out/desk-maskrcnn-2.tar.gz" desk-maskrcnn/*-320x320.onnx desk-maskrcnn/*-640x640.onnx )
fi
ls -l "$out"
stamp "done, $failed of 4 failed"
exit $failed
