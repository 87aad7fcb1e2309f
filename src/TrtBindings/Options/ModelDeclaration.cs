using System.Diagnostics.CodeAnalysis;

namespace TrtBindings;

/// <summary>The profiles, precision and backend that the project declares on a model's item.</summary>
public sealed record ModelDeclaration
{
    /// <summary>The declared optimization profiles; empty if there are none.</summary>
    public EquatableArray<OptimizationProfile> Profiles { get; init; }

    /// <summary>The precision that TensorRT may compute in; <see langword="null"/> leaves it to the backend.</summary>
    public ModelPrecision? Precision { get; init; }

    /// <summary>The backend that the model is meant for.</summary>
    public RequestedBackend Backend { get; init; }

    internal static ModelDeclaration None { get; } = new();

    /// <summary>
    /// Refuses sizes outside every profile, if the item asks for TensorRT: a size that works on the CPU only would otherwise be
    /// found out on the GPU machine. Other items declare ranges for TensorRT's sake, and the CPU accepts any size.
    /// </summary>
    /// <exception cref="TensorException">The sizes are outside every profile.</exception>
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
