namespace TrtBindings;

/// <summary>
/// Sample inputs that a build with <see cref="ModelPrecision.Int8"/> on TensorRT 10 measures ranges of values with. A few
/// hundred samples as the application will see them are enough. Called from one thread at a time.
/// </summary>
/// <remarks>
/// The engine cache keeps what was measured under <see cref="Identity"/>: a second build with the same samples measures
/// nothing.
/// </remarks>
public interface ICalibrationSource
{
    /// <summary>
    /// Tells these samples from others, for example a name with a version. It is part of the engine's key in the cache: other
    /// samples need another text.
    /// </summary>
    string Identity { get; }

    /// <summary>Goes to the next batch.</summary>
    /// <returns>Whether there is one.</returns>
    bool MoveNext();

    /// <summary>Writes one input of the batch.</summary>
    /// <param name="input">ONNX name of the input.</param>
    /// <param name="shape">Its shape: the optimum of the first profile.</param>
    /// <param name="elements">Takes its elements, row-major, in the input's element type.</param>
    void Fill(string input, ReadOnlySpan<long> shape, Span<byte> elements);
}
