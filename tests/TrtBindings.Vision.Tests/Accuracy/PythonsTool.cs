namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// What the shipped models had in INT8 of onnxruntime.quantization 1.30.0, calibrated on the pictures of
/// <see cref="CalibrationPictures"/>: Conv, MatMul and Gemm, symmetric, per channel, min-max. <c>PythonQuantizationTests</c>
/// measures it anew.
/// </summary>
internal static class PythonsTool
{
    /// <summary>What INT8 may lose against the smaller of the tool and 32 bits.</summary>
    public const double Tolerance = 0.005;

    private static readonly Dictionary<string, double[]> Figures = new()
    {
        ["desk-seg"] = [0.9975, 0.9975, 0.9975, 0.9649],
        ["desk-seg-e2e"] = [0.9980, 0.9980, 0.9980, 0.9649],
        ["desk-detect"] = [0.9943, 0.9890],
        ["desk-pose"] = [0.9493, 0.7065],
        ["desk-obb"] = [0.9951, 0.6947],
        ["desk-classify"] = [0.9805],
        ["desk-semantic"] = [0.8993],
        ["desk-maskrcnn-320x320"] = [0.9951, 0.9923, 0.9951, 0.9139],
        ["desk-maskrcnn-480x640"] = [0.9979, 0.9979, 0.9979, 0.9276],
        ["desk-maskrcnn-640x640"] = [0.9978, 0.9978, 0.9978, 0.9257],
        ["desk-maskrcnn"] = [0.9980, 0.9980, 0.9980, 0.9301],
        ["faces-scrfd"] = [0.9759],
        ["digits-vit"] = [0.9915],
    };

    /// <summary>
    /// Its figures of a model in the order of <see cref="ModelAccuracy.Of"/>; none for a model that is not shipped.
    /// </summary>
    public static double[]? Of(string model) => Figures.GetValueOrDefault(model);
}
