using System.Text;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MODULE.html">module</see>: kernels that the driver
/// compiled from PTX for one device, or that lie compiled in a cubin.
/// </summary>
internal sealed unsafe class CudaModule : CudaHandle
{
    // CUjit_option.
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferBytes = 6;

    private CudaModule(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Loads kernels. PTX is compiled by the driver.</summary>
    /// <param name="context">The context.</param>
    /// <param name="image">PTX as ASCII text, with or without a final zero, or a cubin.</param>
    /// <exception cref="KernelLoadException">The driver refuses it. The message has the output of its compiler.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public static CudaModule Load(CudaContext context, ReadOnlySpan<byte> image)
    {
        using var scope = context.Enter();
        var module = new CudaModule(context);
        // Text ends with a zero; a cubin says itself how long it is, and is large.
        if (!CudaLinker.IsCompiled(image)) image = Ended(image);
        var log = new byte[CudaLinker.LogLength];
        nint raw;
        CudaResult result;
        fixed (byte* source = image, buffer = log)
        {
            var options = stackalloc int[] { ErrorLogBuffer, ErrorLogBufferBytes };
            // This option takes a size in place of a pointer.
            var values = stackalloc void*[] { buffer, (void*)CudaLinker.LogLength };
            result = context.Api.ModuleLoadDataEx(&raw, source, 2, options, values);
        }

        if (result != CudaResult.Success) throw CudaLinker.Refused(context, result, "cuModuleLoadDataEx", log);
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

    private static byte[] Ended(ReadOnlySpan<byte> text) => [.. text, 0];

    protected override void FreeInContext(nint native) => Context.Note(Api.ModuleUnload(native), "cuModuleUnload");
}
