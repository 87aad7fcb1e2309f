using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>The smallest model that runs: four floats in, the same four out. Its cost is the cost of the call.</summary>
internal static class IdentityModel
{
    public static byte[] Bytes { get; } = new OnnxModelBuilder()
        .Input("in", ElementType.Float, 4)
        .Node("Identity", ["in"], ["out"])
        .Output("out", ElementType.Float, 4)
        .ToBytes();

    public static UntypedModel Load() => UntypedModel.Load(Bytes, new() { IntraOpThreads = 1 });
}
