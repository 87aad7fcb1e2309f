namespace TrtBindings.Vision;

/// <summary>
/// One anchor of a YOLO head, for decoding a head that returns raw numbers. Ultralytics' exports decode in the graph, so the
/// engines do not need it. Anchors are the cells of stride 8, then 16, then 32, each row by row. (Formulas:
/// <c>utils/tal.py</c>, <c>nn/modules/head.py</c>.)
/// </summary>
/// <param name="X">Centre of its cell, in cells.</param>
/// <param name="Y">Centre of its cell, in cells.</param>
/// <param name="Stride">Input pixels of a cell.</param>
public readonly record struct YoloAnchor(float X, float Y, int Stride)
{
    /// <summary>The anchor with an index.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="inputWidth">Width of the input, a multiple of 32.</param>
    /// <param name="inputHeight">Height of the input, a multiple of 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">The input has no such anchor.</exception>
    public static YoloAnchor At(int index, int inputWidth, int inputHeight) => At(index, inputWidth, inputHeight, lastStride: 32);

    /// <summary>The same for a pyramid that ends with another stride.</summary>
    internal static YoloAnchor At(int index, int inputWidth, int inputHeight, int lastStride)
    {
        var rest = index;
        for (var stride = 8; index >= 0 && stride <= lastStride; stride *= 2)
        {
            var (columns, rows) = (inputWidth / stride, inputHeight / stride);
            if (rest < columns * rows) return new((rest % columns) + 0.5f, (rest / columns) + 0.5f, stride);
            rest -= columns * rows;
        }

        throw new ArgumentOutOfRangeException(
            nameof(index), index, $"An input of {inputWidth} x {inputHeight} has no such anchor.");
    }

    /// <summary>A box from its edges' distances to the anchor in cells, after the expectation over bins.</summary>
    public Box Box(float left, float top, float right, float bottom) =>
        new((X - left) * Stride, (Y - top) * Stride, (X + right) * Stride, (Y + bottom) * Stride);

    /// <summary>A key point of the head <c>Pose</c>: (2 v + anchor - 0.5) strides; confidence 1 / (1 + exp(-logit)).</summary>
    public DetectionKeyPoint Pose(float x, float y, float logit) =>
        new(((2 * x) + X - 0.5f) * Stride, ((2 * y) + Y - 0.5f) * Stride, Sigmoid(logit));

    /// <summary>A key point of YOLO26's head <c>Pose26</c>: (v + anchor) strides.</summary>
    public DetectionKeyPoint Pose26(float x, float y, float logit) => new((x + X) * Stride, (y + Y) * Stride, Sigmoid(logit));

    /// <summary>The angle of the head <c>Obb</c>, (sigmoid - 0.25) π; YOLO26's <c>OBB26</c> gives radians as they are.</summary>
    public static float AngleOf(float output) => (float)((Sigmoid(output) - 0.25) * Math.PI);

    /// <summary>An oriented box from its distances in cells along and across an angle in radians.</summary>
    public OrientedBox OrientedBox(float left, float top, float right, float bottom, float angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        var (along, across) = ((right - left) / 2, (bottom - top) / 2);
        return new(
            (float)(((along * cos) - (across * sin) + X) * Stride), (float)(((along * sin) + (across * cos) + Y) * Stride),
            (left + right) * Stride, (top + bottom) * Stride, angle);
    }

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
