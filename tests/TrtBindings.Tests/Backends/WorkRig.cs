using System.Runtime.InteropServices;
using TrtBindings.OnnxRuntime;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>
/// A model on ONNX Runtime's CPU provider with its tensors in memory of the stand-in driver, and work that fills its input and
/// fetches its first output.
/// </summary>
internal sealed class WorkRig : IDisposable
{
    private const int Bytes = 256;

    private readonly FakeDriver _driver;
    private readonly DeviceBuffer[] _outputs;
    private readonly bool _owns;
    private DeviceBuffer _input;

    /// <summary>Loads the model.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="model">One input of floats, with one dynamic dimension.</param>
    /// <param name="size">The dimension.</param>
    /// <param name="recordsModels">Whether the provider is asked for CUDA graphs of its own.</param>
    /// <param name="recordsWork">Whether the work is recorded.</param>
    public WorkRig(FakeDriver driver, byte[] model, long size, bool recordsModels = false, bool recordsWork = true)
        : this(driver, ModelSource.FromBytes(model), size, null,
            new(driver.Context, isShared: false, recordsModels, recordsWork))
    {
    }

    private WorkRig(FakeDriver driver, ModelSource source, long size, OrtBackendSession? session, OrtStream stream)
    {
        (_driver, Source, Size, _owns) = (driver, source, size, session is null);
        Stream = stream;
        Session = session ?? OrtBackendSession.Load(null, source.Bytes, new(0, 0, 99, null), stream: Stream);
        var file = source.Describe();
        var signature = new ModelSignature(source.Name, file.Inputs, file.Outputs);
        Inputs = new(signature, [], [size]);
        Outputs = new(signature, [.. signature.OutputDimensions.Select(_ => size)]);
        _input = Device();
        Inputs.Tensors[0].UseDeviceMemory(_input);
        _outputs = [.. Outputs.Tensors.Select(_ => Device())];
        for (var i = 0; i < _outputs.Length; i++) Outputs.Tensors[i].UseDeviceMemory(_outputs[i]);
        Work = new(driver, _outputs[0].Address) { Input = _input.Address };
        Binding = (OrtBinding)Session.Bind(Inputs.Tensors, Outputs.Tensors);
        Binding.Work = Work;
    }

    public ModelSource Source { get; }

    public long Size { get; }

    public OrtStream Stream { get; }

    public OrtBackendSession Session { get; }

    public UntypedModel.Inputs Inputs { get; }

    public UntypedModel.Outputs Outputs { get; }

    public OrtBinding Binding { get; }

    public CopyWork Work { get; }

    /// <summary>Another binding of the session, for another thread.</summary>
    public WorkRig Second() => new(_driver, Source, Size, Session, Stream);

    /// <summary>Runs with the values first, first + 1 and so on, and returns what the work fetched.</summary>
    public float[] Run(int first)
    {
        RunOnly(first);
        return [.. Work.Result.Span[..6]];
    }

    /// <summary>The same without looking at the result.</summary>
    public void RunOnly(int first)
    {
        Fill(first, Work.Values.Span);
        Work.Result.Span.Fill(-1);
        Binding.Run(default);
    }

    /// <summary>Runs with these values.</summary>
    public void RunWith(float[] values)
    {
        values.CopyTo(Work.Values.Span);
        Binding.Run(default);
    }

    /// <summary>Writes the values of <see cref="Run"/>.</summary>
    public static void Fill(int first, Span<float> values)
    {
        for (var i = 0; i < 6; i++) values[i] = first + i;
    }

    /// <summary>Fills the input without work.</summary>
    public void Fill(int first) => _input.CopyFrom<float>([.. Enumerable.Range(first, 6).Select(i => (float)i)]);

    /// <summary>The output's elements.</summary>
    public float[] Output()
    {
        var values = new float[6];
        _outputs[0].CopyTo<float>(values);
        return values;
    }

    /// <summary>Gives the input another address.</summary>
    public void MoveInput()
    {
        var old = _input;
        _input = Device();
        Inputs.Tensors[0].UseDeviceMemory(_input);
        old.Dispose();
        Work.Input = _input.Address;
    }

    /// <summary>Gives the input and the first output the same memory.</summary>
    public void BindBoth(DeviceBuffer buffer)
    {
        Inputs.Tensors[0].UseDeviceMemory(buffer);
        Outputs.Tensors[0].UseDeviceMemory(buffer);
    }

    /// <summary>Gives them their own again.</summary>
    public void BindApart()
    {
        Inputs.Tensors[0].UseDeviceMemory(_input);
        Outputs.Tensors[0].UseDeviceMemory(_outputs[0]);
    }

    public void Dispose()
    {
        Binding.Dispose();
        Work.Dispose();
        Inputs.Dispose();
        Outputs.Dispose();
        _input.Dispose();
        foreach (var output in _outputs) output.Dispose();
        if (_owns) Session.Dispose();
    }

    private DeviceBuffer Device() => DeviceBuffer.Over(_driver.Context.Allocator.Allocate(Bytes));

    /// <summary>Floats in pinned memory.</summary>
    internal sealed class Pinned(FakeDriver driver) : IDisposable
    {
        private readonly PinnedBuffer _memory = PinnedBuffer.Allocate(driver.Context, Bytes);

        public nint Address => _memory.Address;

        public Span<float> Span => MemoryMarshal.Cast<byte, float>(_memory.Span);

        public void Dispose() => _memory.Dispose();
    }

    /// <summary>Brings values to the input, and the output's elements back.</summary>
    internal sealed class CopyWork(FakeDriver driver, nint output) : GpuWork, IDisposable
    {
        private readonly DeviceBuffer _staged = DeviceBuffer.Over(driver.Context.Allocator.Allocate(Bytes));
        private readonly DeviceBuffer _found = DeviceBuffer.Over(driver.Context.Allocator.Allocate(Bytes));

        public Pinned Values { get; } = new(driver);

        public Pinned Result { get; } = new(driver);

        public nint Input { get; set; }

        /// <summary>Thrown by <see cref="After"/> and, where that is not called, by <see cref="Complete"/>.</summary>
        public Exception? Error { get; set; }

        public int Prepares { get; private set; }

        public int Befores { get; private set; }

        public int Afters { get; private set; }

        public int Completes { get; private set; }

        /// <summary>Shape of the first output when <see cref="After"/> was last called.</summary>
        public nint[] Shape { get; private set; } = [];

        public void Change() => Changed();

        public void Dispose()
        {
            _staged.Dispose();
            _found.Dispose();
            Values.Dispose();
            Result.Dispose();
        }

        protected internal override void Prepare(GpuQueue queue)
        {
            Prepares++;
            queue.Upload(_staged.Address, Values.Address, Bytes);
        }

        protected internal override void Before(GpuQueue queue)
        {
            Befores++;
            queue.Copy(Input, _staged.Address, Bytes);
        }

        protected internal override void After(GpuQueue queue, GpuShapes outputs)
        {
            Afters++;
            Shape = outputs[0].ToArray();
            if (Error is { } error) throw error;
            queue.Copy(_found.Address, output, Bytes);
        }

        protected internal override void Complete(GpuQueue queue)
        {
            if (Error is { } error) throw error;
            Completes++;
            queue.Download(Result.Address, _found.Address, Bytes);
        }
    }
}
