using System.Diagnostics.CodeAnalysis;

namespace TrtBindings;

/// <summary>What the project declares on a model's item, beyond names.</summary>
public sealed record ModelDeclaration
{
    /// <summary>Sizes that the model is used with; none if the item declares none.</summary>
    public EquatableArray<OptimizationProfile> Profiles { get; init; }

    /// <summary>Precision that TensorRT may compute in; <see langword="null"/> leaves it to the backend.</summary>
    public ModelPrecision? Precision { get; init; }

    /// <summary>Backend that the model is meant for.</summary>
    public RequestedBackend Backend { get; init; }

    internal static ModelDeclaration None { get; } = new();

    /// <summary>
    /// Refuses sizes outside every profile where TensorRT is asked for by name: what runs on the CPU today and not on
    /// TensorRT tomorrow is found today. Without that wish the CPU takes any size, and a range costs nobody a run.
    /// </summary>
    /// <exception cref="TensorException">The sizes lie outside every profile.</exception>
    internal void Check(ReadOnlySpan<long> dimensions)
    {
        if (Backend != RequestedBackend.TensorRT || Profiles.Count == 0) return;
        DimensionRange? outside = null;
        for (var i = 0; i < Profiles.Count; i++)
        {
            var range = Profiles[i].FirstOutside(dimensions);
            if (range is null) return;
            outside ??= range;
        }

        Throw(outside!, dimensions[outside!.Dimension]);
    }

    [DoesNotReturn]
    private void Throw(DimensionRange outside, long size)
    {
        var profiles = string.Join(" | ", Profiles);
        throw new TensorException(outside.Name, $"{outside.Name} = {size} lies in none of the model's profiles, {profiles}. "
            + "Use sizes within one of them, or widen them: TrtProfile on the model's item, or TensorRtOptions.Profiles.");
    }
}
