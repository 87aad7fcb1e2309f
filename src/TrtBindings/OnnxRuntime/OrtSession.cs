using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Interop.Native;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// ONNX Runtime's <c>InferenceSession</c>: a loaded model. Thread-safe. It stays open until the last binding made of it is
/// closed, also where both are left to the garbage collector.
/// </summary>
internal sealed class OrtSession : ChildHandle
{
    private OrtSession(OrtLibrary library, InferenceSession native, OrtStream? stream)
        : base(stream?.Native)
    {
        Library = library;
        Native = native;
        Stream = stream;
        // The package's own finalizer could run before those of the bindings.
        GC.SuppressFinalize(native);
        SetHandle(1);
    }

    public OrtLibrary Library { get; }

    public InferenceSession Native { get; }

    /// <summary>The stream that its runs are queued on, which it owns; <see langword="null"/> for ONNX Runtime's own.</summary>
    public OrtStream? Stream { get; }

    /// <summary>Loads a file, or bytes if there is no path. Only a file finds its external data.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not run this model.</exception>
    public static OrtSession Load(OrtLibrary library, string? path, ReadOnlyMemory<byte> bytes, SessionOptions options,
        OrtStream? stream = null) =>
        path is null
            ? new(library, OrtErrors.Call("CreateSessionFromArray", () => new InferenceSession(ArrayOf(bytes), options)), stream)
            : new(library, OrtErrors.Call("CreateSession", () => new InferenceSession(path, options)), stream);

    protected override void Free(nint native)
    {
        // ONNX Runtime ends runs with a callback on the stream that gives pinned memory back. The session must not go before it:
        // the callback would be the last to hold the pool of that memory, and nothing may be freed inside a callback.
        Stream?.Drain();
        Native.Dispose();
    }

    /// <summary>Not before the session is gone, which waits for its stream when it ends.</summary>
    protected override void LetGo() => Stream?.Dispose();

    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && array.Length == bytes.Length
            ? array
            : bytes.ToArray();
}
