using System.Text;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MODULE.html">module</see>: kernels that the driver
/// compiled from PTX for one device.
/// </summary>
internal sealed unsafe class CudaModule : CudaHandle
{
    // CUjit_option.
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferBytes = 6;

    private const int LogLength = 8192;

    private CudaModule(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Compiles and loads PTX.</summary>
    /// <param name="context">The context.</param>
    /// <param name="ptx">The PTX as ASCII text, with or without a final zero.</param>
    /// <exception cref="CudaException">The driver rejects the PTX. The message contains the output of its compiler.</exception>
    public static CudaModule Load(CudaContext context, ReadOnlySpan<byte> ptx)
    {
        using var scope = context.Enter();
        var module = new CudaModule(context);
        var text = new byte[ptx.Length + 1];
        ptx.CopyTo(text);
        var log = new byte[LogLength];
        nint raw;
        CudaResult result;
        fixed (byte* source = text, buffer = log)
        {
            var options = stackalloc int[] { ErrorLogBuffer, ErrorLogBufferBytes };
            // This option takes a size in place of a pointer.
            var values = stackalloc void*[] { buffer, (void*)LogLength };
            result = context.Api.ModuleLoadDataEx(&raw, source, 2, options, values);
        }

        if (result != CudaResult.Success) throw Refused(context, result, log);
        module.SetHandle(raw);
        return module;
    }

    /// <summary>Finds a kernel by its name in the PTX.</summary>
    /// <exception cref="CudaException">The module has no such kernel.</exception>
    public CudaFunction Function(string name)
    {
        using var scope = Context.Enter();
        nint raw;
        CudaResult result;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0')) result = Api.ModuleGetFunction(&raw, Raw, text);
        if (result == CudaResult.NotFound)
            throw CudaStatus.ToException(Api, result, "cuModuleGetFunction", $"The module has no kernel '{name}'.");
        Check(result, "cuModuleGetFunction");
        return new(this, raw, name);
    }

    protected override void FreeInContext(nint native) => Context.Note(Api.ModuleUnload(native), "cuModuleUnload");

    private static CudaException Refused(CudaContext context, CudaResult result, byte[] log)
    {
        if (CudaStatus.IsSticky(result)) return context.ToException(result, "cuModuleLoadDataEx");
        var end = Array.IndexOf(log, (byte)0);
        var said = Encoding.UTF8.GetString(log, 0, end < 0 ? log.Length : end).Trim();
        return CudaStatus.ToException(context.Api, result, "cuModuleLoadDataEx", said.Length == 0 ? null : said);
    }
}
