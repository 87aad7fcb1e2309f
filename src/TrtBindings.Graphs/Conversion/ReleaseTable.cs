namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// What releases of TensorRT compute wrong or not at all in a type, so that it must stay in a wider one: one row for each. A row
/// ends at the last release that was seen to have the fault. This is the only place that says it.
/// </summary>
internal static class ReleaseTable
{
    /// <summary>
    /// The rows: type, first and last release, least and most compute capability, nodes, where they stay, reason.
    /// </summary>
    public static IReadOnlyList<ReleaseException> All { get; } =
    [
        new(ElementType.Float16, "11.2", "11.2", "-", "-", NodeKind.GroupedConv, "32 bits",
            "TensorRT 11.2 computes grouped convolutions wrong in FP16"),
        new(ElementType.BFloat16, "11.0", "11.2", "-", "-", NodeKind.ConvTranspose, "32 bits",
            "TensorRT 11.0 to 11.2 have no BF16 code for transposed convolutions"),
        new(ElementType.Int8, "-", "-", "-", "-", NodeKind.DepthwiseConvWithActivation, "the type of the rest",
            "TensorRT has no INT8 code for a depthwise convolution with such an activation"),
        new(ElementType.Float16, "-", "-", "-", "-", NodeKind.AttentionScores, "32 bits",
            "the products of queries and keys outgrow FP16 in attention"),
        new(ElementType.Float8E4M3FN, "-", "-", "-", "8.8", NodeKind.Any, "FP16",
            "GPUs before compute capability 8.9 have no 8-bit floats"),
    ];

    /// <summary>The first row that a node falls under, for some releases and a GPU.</summary>
    /// <param name="type">The type that it is to compute in.</param>
    /// <param name="releases">Without any every row holds: the file may be built with any of them.</param>
    /// <param name="compute">The compute capability of the GPU; <see langword="null"/> if it is not known.</param>
    /// <param name="isOf">Whether the node is of a kind.</param>
    public static ReleaseException? Find(
        ElementType type, IReadOnlyCollection<Version> releases, Version? compute, Func<NodeKind, bool> isOf)
    {
        foreach (var row in All)
            if (row.Type == type && row.Holds(releases, compute) && isOf(row.Nodes)) return row;
        return null;
    }
}

/// <summary>One row of <see cref="ReleaseTable"/>.</summary>
/// <param name="Type">The type that does not work.</param>
/// <param name="First">The first release that it does not work with, as <c>11.0</c>; <c>-</c> for all before the last.</param>
/// <param name="Last">The last one; <c>-</c> for no end.</param>
/// <param name="LeastCompute">The least compute capability; <c>-</c> for none.</param>
/// <param name="MostCompute">The highest one; <c>-</c> for none.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="StaysIn">What they stay in.</param>
/// <param name="Reason">Why, for the report.</param>
internal sealed record ReleaseException(ElementType Type, string First, string Last, string LeastCompute, string MostCompute,
    NodeKind Nodes, string StaysIn, string Reason)
{
    /// <summary>Whether the row holds for one of these releases on this GPU; an unknown one may be any.</summary>
    public bool Holds(IReadOnlyCollection<Version> releases, Version? compute)
    {
        if (compute is not null && !IsWithin(compute, LeastCompute, MostCompute)) return false;
        // A row about GPUs alone says nothing where no GPU is named: which one will run the file is not known.
        if (compute is null && (LeastCompute, MostCompute) != ("-", "-")) return false;
        return releases.Count == 0 || releases.Any(release => IsWithin(release, First, Last));
    }

    private static bool IsWithin(Version version, string first, string last)
    {
        var minor = new Version(version.Major, version.Minor);
        return (first == "-" || minor >= Version.Parse(first)) && (last == "-" || minor <= Version.Parse(last));
    }
}

/// <summary>Nodes that a row of <see cref="ReleaseTable"/> is about.</summary>
internal enum NodeKind
{
    /// <summary>All that are quantized.</summary>
    Any,

    /// <summary>A convolution of several groups that have more than one channel each.</summary>
    GroupedConv,

    /// <summary>A transposed convolution.</summary>
    ConvTranspose,

    /// <summary>A convolution of each channel by itself whose activation is not Relu or Clip; SiLU, for example.</summary>
    DepthwiseConvWithActivation,

    /// <summary>A product of two computed matrices that leads to a Softmax: queries and keys.</summary>
    AttentionScores,
}
