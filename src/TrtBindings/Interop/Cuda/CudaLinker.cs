using System.Text;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// The driver's <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MODULE.html">linker</see>: compiles PTX to a
/// cubin for the context's device, which can be kept and loaded again without a compiler.
/// </summary>
internal static unsafe class CudaLinker
{
    /// <summary>Bytes for what the compiler says.</summary>
    public const int LogLength = 8192;

    // CUjit_option.
    private const int ErrorLogBuffer = 5;
    private const int ErrorLogBufferBytes = 6;

    // CU_JIT_INPUT_PTX.
    private const int Ptx = 1;

    /// <summary>Tells whether an image is compiled already: an ELF file, or several in NVIDIA's container.</summary>
    public static bool IsCompiled(ReadOnlySpan<byte> image) =>
        image.StartsWith((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F'])
        || image.StartsWith((ReadOnlySpan<byte>)[0x50, 0xED, 0x55, 0xBA]);

    /// <summary>Compiles PTX.</summary>
    /// <param name="context">The context.</param>
    /// <param name="ptx">The PTX as ASCII text, with or without a final zero.</param>
    /// <exception cref="KernelLoadException">The driver refuses it. The message has the output of its compiler.</exception>
    public static byte[] Link(CudaContext context, ReadOnlySpan<byte> ptx)
    {
        using var scope = context.Enter();
        var api = context.Api;
        ptx = ptx.TrimEnd((byte)0);
        var text = new byte[ptx.Length + 1];
        ptx.CopyTo(text);
        var log = new byte[LogLength];
        fixed (byte* source = text, buffer = log, name = "kernels\0"u8)
        {
            var options = stackalloc int[] { ErrorLogBuffer, ErrorLogBufferBytes };
            // The linker writes the length of what it said over this, and both must be there until it is destroyed.
            var values = stackalloc void*[] { buffer, (void*)LogLength };
            nint link;
            Check(api.LinkCreate(2, options, values, &link), "cuLinkCreate");
            try
            {
                Check(api.LinkAddData(link, Ptx, source, (nuint)text.Length, name, 0, null, null), "cuLinkAddData");
                void* cubin;
                nuint length;
                Check(api.LinkComplete(link, &cubin, &length), "cuLinkComplete");
                return new ReadOnlySpan<byte>(cubin, checked((int)length)).ToArray();
            }
            finally
            {
                context.Note(api.LinkDestroy(link), "cuLinkDestroy");
            }
        }

        void Check(CudaResult result, string function)
        {
            if (result != CudaResult.Success) throw Refused(context, result, function, log);
        }
    }

    /// <summary>The exception for kernels that the driver does not take.</summary>
    public static CudaException Refused(CudaContext context, CudaResult result, string function, byte[] log)
    {
        if (CudaStatus.IsSticky(result) || result == CudaResult.OutOfMemory)
            return result == CudaResult.OutOfMemory
                ? context.AllocationError(result, function, 0)
                : context.ToException(result, function);
        var end = Array.IndexOf(log, (byte)0);
        var said = Encoding.UTF8.GetString(log, 0, end < 0 ? log.Length : end).Trim();
        var (name, text) = CudaStatus.Describe(context.Api, result);
        var more = said.Length == 0 ? text : $"{text}. {said.TrimEnd('.')}";
        return new KernelLoadException(function, (int)result, name, $"{more}. {Cure(context.Device, result)}");
    }

    private static string Cure(CudaDevice device, CudaResult result) => result switch
    {
        CudaResult.UnsupportedPtxVersion => $"The NVIDIA driver, which supports CUDA {device.Library.Version}, is older than the "
            + "compiler that made this PTX. Update the driver, or compile for an older PTX version.",
        CudaResult.NoBinaryForGpu => $"The kernels are not for {device}, whose compute capability is "
            + $"{device.ComputeCapability}. Compile them for it, or load PTX of an older capability.",
        CudaResult.JitCompilerNotFound => "The driver's PTX compiler (libnvidia-ptxjitcompiler) is not installed beside it. "
            + "Install the complete driver; in a container, ask for the capability 'compute'.",
        CudaResult.InvalidPtx => "Compile the kernels again, for a compute capability that is not above the GPU's "
            + $"{device.ComputeCapability}.",
        _ => "Pass PTX as text, or a cubin for this GPU.",
    };
}
