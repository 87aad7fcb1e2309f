using System.Numerics;
using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.SemanticSegmentation;

[Trait("Category", "Slow")]
public sealed class LabelMapTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maps_of_every_type_and_their_errors_are_the_processors(bool hasProblems) => Check(hasProblems, 0, 3);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twenty_maps_of_every_type_and_their_errors_are_the_processors(bool hasProblems) => Check(hasProblems, 3, 20);

    private static void Check(bool hasProblems, int first, int end)
    {
        using var rig = new KernelRig();
        for (var seed = first; seed < end; seed++)
        {
            Check<long>(rig, ElementType.Int64, seed, hasProblems);
            Check<int>(rig, ElementType.Int32, seed, hasProblems);
            Check<short>(rig, ElementType.Int16, seed, hasProblems);
            Check<ushort>(rig, ElementType.UInt16, seed, hasProblems);
            Check<sbyte>(rig, ElementType.Int8, seed, hasProblems);
            Check<byte>(rig, ElementType.UInt8, seed, hasProblems);
        }
    }

    private static void Check<T>(KernelRig rig, ElementType type, int seed, bool hasProblems)
        where T : unmanaged, INumber<T> =>
        LabelMapComparison.Check<T>(rig.Kernels, rig.Queue, rig.Wait, type, seed, hasProblems);
}
