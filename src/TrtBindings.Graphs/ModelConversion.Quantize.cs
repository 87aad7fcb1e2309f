namespace TrtBindings;

/// <summary>Quantization.</summary>
public static partial class ModelConversion
{
    /// <summary>
    /// Convolutions and matrix products compute in INT8 or FP8, by QuantizeLinear and DequantizeLinear nodes where TensorRT wants them;
    /// the rest computes in FP16. Made for TensorRT: ONNX Runtime's CPU runs the file, and is slower than with 32 bits.
    /// </summary>
    /// <param name="path">The model.</param>
    /// <param name="target">
    /// The file to write; an existing one is replaced. Weights that lie in files of their own go to <c>TARGET.data</c>.
    /// </param>
    /// <param name="options">Samples or a calibration table, and what to keep.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ModelFileException">The model cannot be read, or the target cannot be written.</exception>
    /// <exception cref="ModelConversionException">ONNX Runtime does not take the result, or does not run the samples.</exception>
    /// <exception cref="ModelOptionException">
    /// Neither samples nor a table, a table of another model, a pattern that no node has, or samples that are noise.
    /// </exception>
    public static ConversionReport Quantize(string path, string target, QuantizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        throw new NotImplementedException();
    }
}
