using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Kernels.Tests.Support;

/// <summary>What only the stand-in driver can do: a test that asks for it is skipped on a real one.</summary>
internal sealed class StandInOnly
{
    private readonly string _why = "Only the stand-in driver has this";

#pragma warning disable CA1822 // Not static: tests read it from an object, as they read the stand-in's.
    public CudaContext Context => GpuMachine.Context;
#pragma warning restore CA1822

    public void Set(string name, int value) => Refuse($"{name} = {value}");

    public void SetMemory(int device, long bytes) => Refuse($"GPU {device} of {bytes} bytes");

    public void Fail(string function, int code, int callsBefore = 0) =>
        Refuse($"{function} fails with {code} after {callsBefore}");

    public int Calls(string function) => Refuse(function);

    public int Live(string kind) => Refuse(kind);

    public long UsedMemory(int device) => Refuse($"memory of GPU {device}");

    private int Refuse(string what)
    {
        Skip.If(true, $"{_why}: {what}.");
        return 0;
    }
}
