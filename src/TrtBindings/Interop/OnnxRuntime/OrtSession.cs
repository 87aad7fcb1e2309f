using System.Text;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtSession</c>: a loaded model. Thread-safe.</summary>
internal sealed unsafe class OrtSession : OrtHandle
{
    private OrtSession(OrtLibrary library)
        : base(library, library.Environment)
    {
    }

    /// <summary>Loads a file; external data is found beside it.</summary>
    public static OrtSession FromFile(OrtLibrary library, string path, OrtSessionOptions options)
    {
        var encoding = OperatingSystem.IsWindows() ? Encoding.Unicode : Encoding.UTF8;
        fixed (byte* text = encoding.GetBytes(path + '\0'))
        {
            nint native = 0;
            var session = new OrtSession(library);
            var status = library.Api.CreateSession(library.Environment.Raw, text, options.Raw, &native);
            return session.Take(native, status, "CreateSession");
        }
    }

    /// <summary>Loads a model in memory, of which ONNX Runtime makes a copy.</summary>
    public static OrtSession FromMemory(OrtLibrary library, ReadOnlySpan<byte> model, OrtSessionOptions options)
    {
        fixed (byte* bytes = model)
        {
            nint native = 0;
            var session = new OrtSession(library);
            var status = library.Api.CreateSessionFromArray(
                library.Environment.Raw, bytes, (nuint)model.Length, options.Raw, &native);
            return session.Take(native, status, "CreateSessionFromArray");
        }
    }

    protected override void Free(nint native) => Api.ReleaseSession(native);

    private OrtSession Take(nint native, nint status, string function)
    {
        SetHandle(native);
        if (status == 0) return this;
        Dispose();
        throw OrtStatus.ToException(Api, status, function);
    }
}
