using System.Runtime.InteropServices;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>
/// Work around a model: before it, a kernel writes <c>start[i] = value + i</c>, with the value of this run from device memory;
/// after it, another writes <c>end[i] = 2 * result[i]</c>, which is then downloaded.
/// </summary>
internal sealed unsafe class AddWork : GpuWork, IDisposable
{
    private readonly DeviceBuffer _value;
    private readonly DeviceBuffer _end;
    private readonly PinnedBuffer _pinned;
    private readonly GpuModule _module;
    private readonly GpuKernel _start;
    private readonly GpuKernel _double;

    public AddWork(GpuStandIns stand, int count)
    {
        var context = stand.Host.Context;
        stand.Driver.RegisterKernel("start", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&Start, [8, 8, 4]);
        stand.Driver.RegisterKernel("twice", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&Twice, [8, 8, 4]);
        _module = GpuModule.Load(context, Ptx);
        (_start, _double) = (_module.Kernel("start"), _module.Kernel("twice"));
        Count = count;
        DeviceBuffer New(nint bytes) => DeviceBuffer.Over(context.Allocator.Allocate(bytes));
        (_value, Input, Output, _end) = (New(4), New(4 * count), New(4 * count), New(4 * count));
        _pinned = PinnedBuffer.Allocate(context, (4 * count) + 4);
    }

    public static ReadOnlySpan<byte> Ptx => ".version 6.3 .entry start(.param .u64 a) { ret; } .entry twice() { ret; }"u8;

    /// <summary>The input that the model reads, which only the kernel writes.</summary>
    public DeviceBuffer Input { get; }

    public DeviceBuffer Output { get; }

    public int Count { get; }

    public float Value { get; set; }

    public Action<string>? On { get; set; }

    public ReadOnlySpan<float> Results => MemoryMarshal.Cast<byte, float>(_pinned.Span)[1..];

    /// <summary>Uses the memory of this object for the model's first input and first output.</summary>
    public AddWork For(BoundModel model)
    {
        model.Inputs.Tensors[0].UseDeviceMemory(Input);
        model.Outputs.Tensors[0].UseDeviceMemory(Output);
        return this;
    }

    /// <summary>Tells that other work is queued from now on.</summary>
    public new void Changed() => base.Changed();

    /// <summary>Runs and checks the result of y = relu(x).</summary>
    public void RunOn(BoundModel model, float value)
    {
        Expect(value);
        model.Binding.Work = this;
        model.Binding.Run(default);
        Check();
    }

    public void Expect(float value)
    {
        Value = value;
        _pinned.Span.Fill(0xCD);
    }

    public void Check()
    {
        for (var i = 0; i < Count; i++) Results[i].ShouldBe(2 * Math.Max(Value + i, 0), $"element {i} for {Value}");
    }

    public void Dispose()
    {
        foreach (var buffer in new[] { _value, Input, Output, _end }) buffer.Dispose();
        _pinned.Dispose();
        _module.Dispose();
    }

    protected internal override void Prepare(GpuQueue queue)
    {
        MemoryMarshal.Cast<byte, float>(_pinned.Span)[0] = Value;
        On?.Invoke("Prepare");
        queue.Upload(_value.Address, _pinned.Address, 4);
    }

    protected internal override void Before(GpuQueue queue)
    {
        queue.Launch(_start, 1, 32, Input.Address, _value.Address, Count);
        On?.Invoke(queue.IsRecording ? "Record" : "Before");
    }

    protected internal override void After(GpuQueue queue, GpuShapes outputs)
    {
        if (outputs[0][0] * outputs[0][1] != Count) throw new InvalidOperationException("The output has another shape.");
        queue.Launch(_double, 1, 32, _end.Address, Output.Address, Count);
        On?.Invoke("After");
    }

    protected internal override void Complete(GpuQueue queue)
    {
        queue.Download(_pinned.Address + 4, _end.Address, 4 * Count);
        On?.Invoke("Complete");
    }

    [UnmanagedCallersOnly]
    private static void Start(void** parameters, uint* grid, uint* block)
    {
        var (target, value) = (*(nint*)parameters[0], **(float**)parameters[1]);
        for (var i = 0; i < *(int*)parameters[2]; i++) ((float*)target)[i] = value + i;
    }

    [UnmanagedCallersOnly]
    private static void Twice(void** parameters, uint* grid, uint* block)
    {
        var (target, source) = (*(nint*)parameters[0], *(nint*)parameters[1]);
        for (var i = 0; i < *(int*)parameters[2]; i++) ((float*)target)[i] = 2 * ((float*)source)[i];
    }
}
