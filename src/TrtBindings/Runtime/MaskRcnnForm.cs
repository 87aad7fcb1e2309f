namespace TrtBindings;

/// <summary>
/// Inputs and outputs of a Mask R-CNN, which depend on its exporter. All inputs are float [3, H, W], with or without a batch of
/// one; boxes are x1, y1, x2, y2; the number of objects, n, is known only after a run.
/// </summary>
public enum MaskRcnnForm
{
    /// <summary>
    /// torchvision's own export. Input: the image at its own size, RGB, 0 to 1; the graph resizes and normalises. Outputs: boxes
    /// [n, 4] in pixels of the image, labels [n] from 1, scores [n], masks [n, 1, H, W] pasted into the image.
    /// </summary>
    Torchvision,
    /// <summary>
    /// Detectron2's traced export. Input: BGR, 0 to 255, resized; the graph normalises. Outputs: boxes [n, 4] in input pixels,
    /// classes [n] from 0, masks [n, 1, m, m] of the boxes, scores [n], size [2].
    /// </summary>
    Detectron2,
    /// <summary>
    /// MaskRCNN-10 of the ONNX model zoo. Input: BGR, 0 to 255 less the mean, resized, padded to multiples of 32. Outputs: boxes
    /// [n, 4] in input pixels, labels [n] from 1, scores [n], masks [n, 1, m, m] of the boxes.
    /// </summary>
    OnnxZoo,
    /// <summary>
    /// NVIDIA's TensorRT sample for Detectron2. Input [N, 3, H, W]: BGR, 0 to 255, resized, padded with the mean; the graph
    /// normalises. Outputs: count [N, 1], boxes [N, D, 4] as y1, x1, y2, x2 in 0 to 1 of the input, scores [N, D], classes [N, D]
    /// from 0, masks [N, D, m, m] of the boxes.
    /// </summary>
    NvidiaSample,
    /// <summary>
    /// A torchvision network with a fixed number of slots, which TensorRT takes. Input [1, 3, H, W]: RGB, 0 to 1, resized to
    /// fit, at the top left, padded with 0. Outputs: boxes [D, 4] in input pixels, labels [D] from 1, scores [D], masks [D, 1,
    /// m, m] of the boxes, count [1]: the number of slots in use.
    /// </summary>
    FixedSlots,
}
