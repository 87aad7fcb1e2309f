using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>
/// An engine of a stand-in with a context and host memory for its tensors; without CUDA the stand-in computes there.
/// </summary>
internal sealed unsafe class TrtRun : IDisposable
{
    private readonly List<nint> _memory = [];

    public TrtRun(TrtStandIn fake, string plan)
        : this(fake, fake.Plan(plan))
    {
    }

    public TrtRun(TrtStandIn fake, ReadOnlySpan<byte> plan)
    {
        Runtime = TrtRuntime.Create(fake.Library);
        Engine = Runtime.DeserializeCudaEngine(plan);
        Context = Engine.CreateExecutionContext(default);
    }

    public TrtRuntime Runtime { get; }

    public TrtEngine Engine { get; }

    public TrtContext Context { get; }

    /// <summary>Sets shape, memory and values of an input.</summary>
    public void Give(string name, long[] shape, params float[] values)
    {
        Context.SetInputShape(new(name), new(shape));
        values.CopyTo(Place(name, values.Length));
    }

    /// <summary>Sets memory for a tensor, filled with NaN.</summary>
    public Span<float> Place(string name, int length)
    {
        var address = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * sizeof(float), 256);
        _memory.Add(address);
        Context.SetTensorAddress(new(name), address);
        var span = new Span<float>((void*)address, length);
        span.Fill(float.NaN);
        return span;
    }

    public long[] Shape(string name) => Context.GetTensorShape(new(name)).ToArray();

    public void Dispose()
    {
        Context.Dispose();
        Engine.Dispose();
        Runtime.Dispose();
        foreach (var address in _memory) NativeMemory.AlignedFree((void*)address);
    }
}
