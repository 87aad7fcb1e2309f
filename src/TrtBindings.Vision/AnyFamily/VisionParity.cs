using TrtBindings.Vision.AnyFamily;

namespace TrtBindings.Vision;

/// <summary>
/// Compares what the engine of a model's family reads from the outputs of a new TensorRT engine with what it reads from those of
/// the reference: objects with boxes, scores, masks and key points as sets; class maps; the best class. Outputs may be near
/// number by number, and still give another object.
/// </summary>
/// <remarks>
/// <code>
/// DeskSeg.BuildEngine(new TensorRtOptions { Parity = new() { Results = VisionParity.Default } });
/// </code>
/// </remarks>
public sealed class VisionParity : IResultParity
{
    private readonly string? _family;

    /// <summary>For models of a family.</summary>
    /// <param name="family">
    /// The word of <c>TrtTask</c>, where the file does not tell the family; <see langword="null"/> to find it.
    /// </param>
    public VisionParity(string? family = null) => _family = family;

    /// <summary>For the family that each model's file tells.</summary>
    public static VisionParity Default { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="ModelFamilyException">The word names no family.</exception>
    public string? NameOf(ModelDescription model) => ModelFamily.Find(model, _family)?.ToString();

    /// <inheritdoc/>
    public IReadOnlyList<ResultParity> Compare(
        ModelDescription model, TensorSet inputs, TensorSet reference, TensorSet engine, ParityTolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(tolerance);
        var family = ModelFamily.Of(model, _family);
        ReadResults expected;
        try
        {
            expected = ReadResults.Of(family, new RecordedModel(model, inputs, reference));
        }
        catch (Exception e) when (e is TrtBindingsException or ArgumentException or NotSupportedException)
        {
            // The numbers were compared. An engine is not refused for what nobody could read from the reference either.
            return [new($"not read ({e.Message.TrimEnd('.')})", 0)];
        }

        try
        {
            var actual = ReadResults.Of(family, new RecordedModel(model, inputs, engine));
            return Compare(expected, actual, tolerance);
        }
        catch (Exception e) when (e is TrtBindingsException or ArgumentException or NotSupportedException)
        {
            return
            [
                new("all", 0)
                {
                    Problem = $"the reference's outputs can be read, and the engine's not: {e.Message.TrimEnd('.')}",
                },
            ];
        }
    }

    private static IReadOnlyList<ResultParity> Compare(ReadResults expected, ReadResults actual, ParityTolerance tolerance)
    {
        if (expected.Pictures.Any(picture => picture.ClassMap is not null))
            return [MapComparison.Compare(expected, actual, tolerance)];
        return expected.IsClassified ? ClassComparison.Compare(expected, actual, tolerance)
            : new FindComparison(expected, actual, tolerance).Compare();
    }
}
