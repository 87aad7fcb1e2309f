using TrtBindings.Gpu.Tests.Data;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>What typed results of an engine may differ by from those of the CPU.</summary>
/// <param name="Box">Pixels of a box's edge.</param>
/// <param name="Score">Of a score.</param>
/// <param name="Near">
/// A find whose score is this near to where the list ends may be in one list only: the smallest difference decides that.
/// </param>
internal sealed record Tolerance(double Box, double Score, double Near)
{
    private static readonly Tolerance Single = new(0.01, 1e-4, 1e-6);
    private static readonly Tolerance Half = new(1, 1e-2, 1e-2);

    /// <summary>By the precision that an engine was built with.</summary>
    public static Tolerance Of(ManifestEngine engine) => Of(engine.Flags?.Contains("FP16") == true);

    /// <summary>By whether an engine computes in 16-bit floats.</summary>
    public static Tolerance Of(bool isHalf) => isHalf ? Half : Single;

    /// <summary>Whether it is that of 16-bit floats.</summary>
    public bool IsHalf => Box == Half.Box;
}
