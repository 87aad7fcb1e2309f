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
    private OrtSession(OrtLibrary library, InferenceSession native)
        : base(null)
    {
        Library = library;
        Native = native;
        // The package's own finalizer could run before those of the bindings.
        GC.SuppressFinalize(native);
        SetHandle(1);
    }

    public OrtLibrary Library { get; }

    public InferenceSession Native { get; }

    /// <summary>Loads a file, or bytes if there is no path. Only a file finds its external data.</summary>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not run this model.</exception>
    public static OrtSession Load(OrtLibrary library, string? path, ReadOnlyMemory<byte> bytes, SessionOptions options) =>
        path is null
            ? new(library, OrtErrors.Call("CreateSessionFromArray", () => new InferenceSession(ArrayOf(bytes), options)))
            : new(library, OrtErrors.Call("CreateSession", () => new InferenceSession(path, options)));

    protected override void Free(nint native) => Native.Dispose();

    private static byte[] ArrayOf(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is { } array && array.Length == bytes.Length
            ? array
            : bytes.ToArray();
}
