namespace TrtBindings.TensorRT.Building;

/// <summary>The application's samples as a build asks for them: all inputs of a batch together, in the model's types.</summary>
internal sealed class CalibrationData(ICalibrationSource source, ModelSignature signature, ModelDeclaration declaration)
    : ICalibrationData
{
    private const int BitsInByte = 8;

    private readonly (TensorDescription Input, long[] Shape)[] _inputs = Shapes(signature, declaration);

    /// <inheritdoc/>
    public string Identity => source.Identity;

    /// <inheritdoc/>
    public int BatchSize => _inputs.Length > 0 && _inputs[0].Shape.Length > 0 ? checked((int)_inputs[0].Shape[0]) : 1;

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> Batches()
    {
        var batch = _inputs.ToDictionary(input => input.Input.Name, input => new byte[BytesOf(input.Input, input.Shape)]);
        var view = batch.ToDictionary(entry => entry.Key, entry => (ReadOnlyMemory<byte>)entry.Value);
        for (var i = 0; i < source.BatchCount; i++)
        {
            foreach (var (input, shape) in _inputs)
            {
                batch[input.Name].AsSpan().Clear();
                source.Fill(i, input.Name, shape, batch[input.Name]);
            }

            yield return view;
        }
    }

    private static int BytesOf(TensorDescription input, long[] shape)
    {
        long bytes = input.ElementType.BitWidth() / BitsInByte;
        foreach (var length in shape) bytes = checked(bytes * length);
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new ModelOptionException("TensorRtOptions.Profiles", $"A batch of '{input.Name}' for calibration has {bytes:N0} bytes, more than "
                + "an array holds. Make the optimum of the first profile smaller.");
    }

    private static (TensorDescription Input, long[] Shape)[] Shapes(ModelSignature signature, ModelDeclaration declaration)
    {
        var profiles = ProfileResolver.Complete(signature, declaration);
        var optimum = profiles.Count == 0
            ? []
            : TensorRtSettings.Profile(signature, profiles[0]).Ranges.ToDictionary(range => range.Input, range => range.Opt);
        return [.. signature.Inputs.Select(input => (input, optimum.TryGetValue(input.Name, out var shape)
            ? shape.ToArray()
            : [.. input.Shape.Dimensions.Select(dimension => dimension.Value)]))];
    }
}
