namespace TrtBindings;

/// <summary>
/// Sample inputs for a build with <see cref="ModelPrecision.Int8"/> on TensorRT 10, which measures the ranges of values with
/// them. A few hundred typical samples are enough. Called from one thread at a time.
/// </summary>
public interface ICalibrationSource
{
    /// <summary>
    /// A text that identifies these samples, for example a name with a version. It is part of the engine's key in the cache:
    /// change it when the samples change.
    /// </summary>
    string Identity { get; }

    /// <summary>Number of batches, at least 1.</summary>
    int BatchCount { get; }

    /// <summary>Writes one input of one batch.</summary>
    /// <param name="batch">Index of the batch, from 0.</param>
    /// <param name="input">ONNX name of the input.</param>
    /// <param name="shape">The input's shape: the optimum of the first profile.</param>
    /// <param name="elements">Write the elements here, row-major, in the input's element type. It starts with zeros.</param>
    void Fill(int batch, string input, ReadOnlySpan<long> shape, Span<byte> elements);
}
