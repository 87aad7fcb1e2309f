namespace TrtBindings;

/// <summary>
/// Sample inputs that a build with <see cref="ModelPrecision.Int8"/> on TensorRT 10 measures ranges of values with. A few
/// hundred samples as the application will see them are enough. Called from one thread at a time.
/// </summary>
public interface ICalibrationSource
{
    /// <summary>
    /// Tells these samples from others, for example a name with a version. It is part of the engine's key in the cache: other
    /// samples need another text.
    /// </summary>
    string Identity { get; }

    /// <summary>How many batches there are, at least 1.</summary>
    int BatchCount { get; }

    /// <summary>Writes one input of one batch.</summary>
    /// <param name="batch">Which batch, from 0.</param>
    /// <param name="input">ONNX name of the input.</param>
    /// <param name="shape">Its shape: the optimum of the first profile.</param>
    /// <param name="elements">Takes its elements, row-major, in the input's element type; zeros before.</param>
    void Fill(int batch, string input, ReadOnlySpan<long> shape, Span<byte> elements);
}
