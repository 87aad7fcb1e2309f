using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>
/// Work that takes turns. Before it, a kernel waits for this object's gate and writes the value + i into the model's input; after
/// it, another waits for another gate and doubles the model's output. Both gates are open at first.
/// </summary>
internal sealed unsafe class GateWork : GpuWork, IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    // The kernels are called by the stand-in driver with a number that says whose they are.
    private static readonly ConcurrentDictionary<int, GateWork> All = new();
    private static int _made;

    private readonly int _number = Interlocked.Increment(ref _made);
    private readonly GpuModule _module;
    private readonly GpuKernel _before;
    private readonly GpuKernel _after;
    private readonly DeviceBuffer _value;
    private readonly DeviceBuffer _input;
    private readonly DeviceBuffer _output;
    private readonly PinnedBuffer _pinned;

    /// <param name="stand">The stand-ins.</param>
    /// <param name="model">A model whose first input and first output use memory of this object.</param>
    /// <param name="count">Number of elements.</param>
    public GateWork(GpuStandIns stand, BoundModel model, int count)
    {
        var context = stand.Host.Context;
        stand.Driver.RegisterKernel("before", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&Before, [4, 8, 8, 4]);
        stand.Driver.RegisterKernel("after", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&After, [4, 8, 8, 4]);
        _module = GpuModule.Load(context, ".version 6.3 .entry before() { ret; } .entry after() { ret; }"u8);
        (_before, _after, Count) = (_module.Kernel("before"), _module.Kernel("after"), count);
        DeviceBuffer New() => DeviceBuffer.Over(context.Allocator.Allocate(4 * count));
        (_value, _input, _output) = (New(), New(), New());
        _pinned = PinnedBuffer.Allocate(context, (4 * count) + 4);
        Uploaded = GpuEvent.Create(context);
        model.Inputs.Tensors[0].UseDeviceMemory(_input);
        model.Outputs.Tensors[0].UseDeviceMemory(_output);
        model.Binding.Work = this;
        All[_number] = this;
    }

    public int Count { get; }

    public float Value { get; set; }

    public bool Turns { get; set; } = true;

    /// <summary>Reached when the upload of the last run has ended.</summary>
    public GpuEvent Uploaded { get; }

    /// <summary>What the kernel before the model waits for.</summary>
    public ManualResetEventSlim MayBegin { get; } = new(true);

    /// <summary>What the kernel after the model waits for.</summary>
    public ManualResetEventSlim MayEnd { get; } = new(true);

    /// <summary>Set when the kernel before the model has begun.</summary>
    public ManualResetEventSlim Begun { get; } = new();

    /// <summary>Set when the kernel after the model has begun, and so the model has ended.</summary>
    public ManualResetEventSlim ModelEnded { get; } = new();

    /// <summary>Thrown by <see cref="GpuWork.After"/>.</summary>
    public Exception? Error { get; set; }

    protected internal override bool TakesTurns => Turns;

    /// <summary>Tells that other work is queued from now on.</summary>
    public new void Changed() => base.Changed();

    /// <summary>Begins another run.</summary>
    public void Expect(float value)
    {
        Value = value;
        Begun.Reset();
        ModelEnded.Reset();
        _pinned.Span.Fill(0xCD);
    }

    /// <summary>Checks the result of y = relu(x).</summary>
    public void Check()
    {
        var results = MemoryMarshal.Cast<byte, float>(_pinned.Span)[1..];
        for (var i = 0; i < Count; i++) results[i].ShouldBe(2 * Math.Max(Value + i, 0), $"element {i} for {Value}");
    }

    public void Dispose()
    {
        All.TryRemove(_number, out _);
        foreach (var buffer in new[] { _value, _input, _output }) buffer.Dispose();
        _pinned.Dispose();
        Uploaded.Dispose();
        _module.Dispose();
    }

    protected internal override void Prepare(GpuQueue queue)
    {
        MemoryMarshal.Cast<byte, float>(_pinned.Span)[0] = Value;
        queue.Upload(_value.Address, _pinned.Address, 4);
        queue.Record(Uploaded);
    }

    protected internal override void Before(GpuQueue queue) =>
        queue.Launch(_before, 1, 32, _number, _input.Address, _value.Address, Count);

    protected internal override void After(GpuQueue queue, GpuShapes outputs)
    {
        if (Error is { } error) throw error;
        queue.Launch(_after, 1, 32, _number, _output.Address, _output.Address, Count);
    }

    protected internal override void Complete(GpuQueue queue) =>
        queue.Download(_pinned.Address + 4, _output.Address, 4 * Count);

    [UnmanagedCallersOnly]
    private static void Before(void** parameters, uint* grid, uint* block)
    {
        var own = All[*(int*)parameters[0]];
        own.Begun.Set();
        own.MayBegin.Wait(Guard);
        var target = *(float**)parameters[1];
        var value = **(float**)parameters[2];
        for (var i = 0; i < *(int*)parameters[3]; i++) target[i] = value + i;
    }

    [UnmanagedCallersOnly]
    private static void After(void** parameters, uint* grid, uint* block)
    {
        var own = All[*(int*)parameters[0]];
        own.ModelEnded.Set();
        own.MayEnd.Wait(Guard);
        var target = *(float**)parameters[1];
        var source = *(float**)parameters[2];
        for (var i = 0; i < *(int*)parameters[3]; i++) target[i] = 2 * source[i];
    }
}
