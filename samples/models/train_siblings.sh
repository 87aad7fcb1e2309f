#!/bin/bash
# Renders the scenes, then trains YOLO's sibling tasks in parallel on one GPU: train_siblings.sh OUT SECONDS [--quick]
#
# desk-detect, desk-pose and desk-obb are one network trained once (desk-tasks/train); desk-classify is its own. OUT gets one
# .tar.gz for each (model, report.json, reference.json, pictures to look at), one with the trained weights, and all.log.
# WORK, by default /tmp/sample-siblings, holds what is between. SCENES says how many scenes to render. START names weights
# (desk-tasks.pt) to go on training from.
set -u
if [ $# -lt 2 ]; then echo "usage: train_siblings.sh OUT SECONDS [--quick]"; exit 2; fi
here=$(cd "$(dirname "$0")" && pwd); out=$1; seconds=$2; quick=${3:-}
work=${WORK:-/tmp/sample-siblings}; mkdir -p "$out" "$work"; out=$(cd "$out" && pwd)
python=${PYTHON:-python3}; scenes=${SCENES:-4000}; if [ -n "$quick" ]; then scenes=${SCENES:-96}; fi
export PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore OMP_NUM_THREADS=${OMP_NUM_THREADS:-4}
began=$(date +%s); limit=$((seconds + ${EXTRA:-120}))
stamp() { echo "== $(( $(date +%s) - began )) s: $*"; }

start() {      # name, folder, script, arguments: runs it in the background, its log in WORK/name.log
    local name=$1 folder=$2; shift 2
    ( cd "$here/$folder" && timeout "$limit" "$python" "$@" --out "$work/$name" $quick > "$work/$name.log" 2>&1; echo $? > "$work/$name.rc" ) &
}

rm -f "$work"/*.rc
nvidia-smi -L 2>/dev/null || echo "no nvidia-smi"
"$python" -c "import torch, onnx, skimage, PIL, scipy; print('torch', torch.__version__, 'onnx', onnx.__version__, 'GPU', torch.cuda.is_available())" || { echo "a Python package is missing, see above"; exit 1; }
if [ ! -s "$work/pool.npz" ]; then
    ( cd "$here/common" && "$python" render_pool.py "$work/pool.npz" --scenes "$scenes" --held 1 --width 448 --height 336 ${POOL_ARGUMENTS:-} ) || { echo "rendering failed, see above; nothing is trained"; exit 1; }
fi
stamp "scenes rendered"
start desk-classify desk-classify/train train_classify.py --pool "$work/pool.npz" --seconds $(( seconds < 90 ? seconds : 90 ))
start desk-tasks desk-tasks/train train_tasks.py --pool "$work/pool.npz" --seconds "$seconds" ${START:+--start "$START"}
wait
stamp "all ended"

failed=0
for name in desk-classify desk-tasks; do
    code=$(cat "$work/$name.rc" 2>/dev/null || echo none)
    [ "$code" = 0 ] || failed=$((failed + 1))
    echo "---- $name: exit $code$([ "$code" = 124 ] && echo ' (stopped by its time limit)')"
    grep -v Warning "$work/$name.log" | tail -n $([ "$code" = 0 ] && echo 14 || echo 24) | cut -c1-420
    { echo "==== $name, exit $code"; cat "$work/$name.log"; } >> "$out/all.log"
done
for name in desk-detect desk-pose desk-obb; do
    [ -d "$work/desk-tasks/$name" ] && tar -C "$work/desk-tasks" -czf "$out/$name.tar.gz" "$name"
done
[ -d "$work/desk-classify" ] && tar -C "$work" -czf "$out/desk-classify.tar.gz" desk-classify
[ -f "$work/desk-tasks/desk-tasks.pt" ] && tar -C "$work/desk-tasks" -czf "$out/desk-tasks.tar.gz" desk-tasks.pt
ls -l "$out"
stamp "done, $failed of 2 failed"
exit $failed
