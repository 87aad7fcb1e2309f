using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tensors;

/// <summary>One stream per GPU for copies of device buffers. Copies and runs do not wait for each other.</summary>
internal static class CopyStreams
{
    private static readonly ConditionalWeakTable<CudaContext, CudaStream> Streams = [];

    /// <exception cref="CudaException">The GPU is lost.</exception>
    public static CudaStream Of(CudaContext context) => Streams.GetValue(context, static key => CudaStream.Create(key));
}
