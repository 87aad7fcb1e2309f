using System.Runtime.InteropServices;
using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests;

[Trait("Category", "Slow")]
public sealed class CopyTests
{
    [SkippableTheory]
    [InlineData(0, 0)]
    [InlineData(5, 8)]
    [InlineData(64, 64)]
    [InlineData(1000, 64)]
    public void Only_the_used_bytes_are_copied_and_never_more_than_fit(int used, int copied)
    {
        using var rig = new KernelRig();
        var bytes = Enumerable.Range(1, 64).Select(i => (byte)i).ToArray();
        using var source = rig.Upload<byte>(bytes);
        using var count = rig.Upload<int>([used]);
        using var target = rig.Kernels.AllocatePinned(64);
        target.Span.Clear();
        rig.Queue.Launch(rig.Kernels["copyUsed"], 2, 8, new Arguments(source.Address, target.Address, count.Address, 64));
        rig.Wait();
        target.Span[..copied].ToArray().ShouldBe(bytes[..copied]);
        target.Span[copied..].ToArray().ShouldAllBe(b => b == 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(nint Source, nint Target, nint Used, int Capacity);
}
