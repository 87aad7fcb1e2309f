using System.Runtime.InteropServices;
using System.Text;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Machine;

/// <summary>
/// Runs an execution context from a small C library (tests/gpu/native): setInputShape, setTensorAddress, enqueueV3,
/// cuStreamSynchronize, and nothing else.
/// </summary>
internal sealed unsafe class Baseline : IDisposable
{
    private const string LibraryName = "libbaseline.so";

    private readonly List<nint> _memory = [];
    private readonly delegate* unmanaged<Run*, long> _run;
    private readonly Tensor* _tensors;
    private readonly Run* _call;

    /// <summary>Prepares runs of a context; the arguments must live longer than this.</summary>
    /// <param name="context">The execution context.</param>
    /// <param name="stream">The stream to run on.</param>
    /// <param name="tensors">Each tensor: name, shape (none for an output), device address.</param>
    public Baseline(TrtContext context, CudaStream stream, params (string Name, long[]? Shape, nint Address)[] tensors)
    {
        _run = (delegate* unmanaged<Run*, long>)NativeLibrary.GetExport(NativeLibrary.Load(Path()), "baseline_run");
        var slots = context.Library.Slots;
        var implementation = TrtTarget.OfImplementation(context.Raw, slots).This;
        var table = *(nint**)implementation;
        _tensors = Allocate<Tensor>(tensors.Length);
        for (var i = 0; i < tensors.Length; i++)
        {
            var shape = tensors[i].Shape is null ? null : Allocate<TrtDims>(1);
            if (shape != null) *shape = new(tensors[i].Shape);
            _tensors[i] = new() { Name = Text(tensors[i].Name), Shape = shape, Address = tensors[i].Address };
        }

        _call = Allocate<Run>(1);
        *_call = new()
        {
            Context = implementation,
            SetInputShape = table[slots.Slot(TrtMethod.ExecutionContext_SetInputShape)],
            SetTensorAddress = table[slots.Slot(TrtMethod.ExecutionContext_SetTensorAddress)],
            EnqueueV3 = table[slots.Slot(TrtMethod.ExecutionContext_EnqueueV3)],
            Synchronize = (nint)stream.Context.Api.StreamSynchronize,
            Stream = stream.Raw,
            Tensors = _tensors,
            Count = tensors.Length,
        };
    }

    /// <summary>Runs once.</summary>
    /// <returns>Nanoseconds from the first call to the end of the run.</returns>
    public long RunOnce()
    {
        var nanoseconds = _run(_call);
        nanoseconds.ShouldBeGreaterThan(0, "a call of the C library failed");
        return nanoseconds;
    }

    public void Dispose()
    {
        foreach (var block in _memory) NativeMemory.Free((void*)block);
    }

    /// <summary>Beside the program in a published copy; else compiled here.</summary>
    private static string Path()
    {
        var published = System.IO.Path.Combine(AppContext.BaseDirectory, LibraryName);
        return File.Exists(published) ? published : NativeBuild.Library("tests/gpu/native", LibraryName);
    }

    private T* Allocate<T>(int count)
        where T : unmanaged
    {
        var block = NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)sizeof(T));
        _memory.Add((nint)block);
        return (T*)block;
    }

    private byte* Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var copy = Allocate<byte>(bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    private struct Tensor
    {
        public byte* Name;
        public TrtDims* Shape;
        public nint Address;
    }

    private struct Run
    {
        public nint Context;
        public nint SetInputShape;
        public nint SetTensorAddress;
        public nint EnqueueV3;
        public nint Synchronize;
        public nint Stream;
        public Tensor* Tensors;
        public long Count;
    }
}
