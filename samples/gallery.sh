#!/usr/bin/env bash
# Makes docs/overlay.png and docs/engines/gallery.jpg anew from what the samples draw.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for sample in InstanceSegmentation SemanticSegmentation MaskRcnn PoseEstimation OrientedDetection FaceDetection Classification; do
    dotnet run --project "$repository/samples/$sample"
done
cp overlay.png "$repository/docs/overlay.png"
dotnet run --project "$repository/samples/Gallery" -- "$repository/docs/engines/gallery.jpg" \
    semantic-segmentation.png mask-rcnn.png poses.png oriented-detection.png face-detection.png classification.png
