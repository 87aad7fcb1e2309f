using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tensors;

/// <summary>One stream for each GPU on which device buffers are copied: no run waits for it, nor it for a run.</summary>
internal static class CopyStreams
{
    private static readonly ConditionalWeakTable<CudaContext, CudaStream> Streams = [];

    /// <exception cref="CudaException">The GPU is lost.</exception>
    public static CudaStream Of(CudaContext context) => Streams.GetValue(context, static key => CudaStream.Create(key));
}
