using System.Numerics.Tensors;
using System.Security.Cryptography;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// The largest finite magnitude of constants. The data of external tensors are read once for it, and for the hash of the source.
/// </summary>
internal sealed class TensorRanges
{
    private readonly Dictionary<TensorProto, float> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads everything of a model that is not in the .onnx itself.</summary>
    /// <param name="file">The model.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public TensorRanges(OnnxFile file, CancellationToken cancellation = default)
    {
        IncrementalHash? hash = null;
        foreach (var tensor in TensorWalk.All(file.Model))
        {
            if (!OnnxFile.IsExternal(tensor)) continue;
            if (hash is null)
            {
                hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                hash.AppendData(file.Hash);
            }

            var data = file.DataOf(tensor)!;
            _known[tensor] = Scan(data, piece =>
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(piece);
            });
        }

        SourceHash = Convert.ToHexStringLower(hash?.GetHashAndReset() ?? file.Hash);
        hash?.Dispose();
        Sources = SourceFiles.Of(file);
    }

    /// <summary>See <see cref="ConversionReport.SourceHash"/>.</summary>
    public string SourceHash { get; }

    /// <summary>The files of the source with their hashes: <see cref="SourceFiles"/>.</summary>
    public string Sources { get; }

    /// <summary>The largest finite magnitude of a floating-point constant; 0 for all others.</summary>
    public float MaxOf(TensorProto tensor, TensorData? data)
    {
        if (data is null) return 0;
        if (!_known.TryGetValue(tensor, out var max)) _known[tensor] = max = Scan(data, null);
        return max;
    }

    private static float Scan(TensorData data, TensorSink? also)
    {
        var max = 0f;
        var isFloat = ConvertedData.IsFloat(data.Type);
        var floats = isFloat ? new float[TensorData.PieceBytes / 2] : [];
        data.Read(piece =>
        {
            also?.Invoke(piece);
            if (!isFloat) return;
            var values = floats.AsSpan(0, piece.Length / (data.Type.BitWidth() / 8));
            ConvertedData.ToFloat(piece, data.Type, values);
            max = Math.Max(max, MaxOf(values));
        });
        return max;
    }

    private static float MaxOf(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) return 0;
        var max = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        if (float.IsFinite(max)) return max;
        // Infinities and NaN have a form in every type; the numbers beside them count.
        max = 0;
        foreach (var value in values)
            if (float.IsFinite(value)) max = Math.Max(max, Math.Abs(value));
        return max;
    }
}
