using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">
/// IOutputAllocator</see> for one tensor. If the memory throws, the run fails.
/// </summary>
internal sealed unsafe class TrtOutputAllocator(TrtSlotTable slots, ITrtOutputMemory memory) : TrtCallback(
    TrtCallbackTables.OutputAllocator(slots, &ReallocateOutput, &ReallocateOutputAsync, &NotifyShape), "IOutputAllocator"u8)
{
    private readonly ITrtOutputMemory _memory = memory;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint ReallocateOutput(nint self, byte* name, nint current, ulong bytes, ulong alignment) =>
        Reallocate(self, current, bytes, alignment, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint ReallocateOutputAsync(nint self, byte* name, nint current, ulong bytes, ulong alignment, nint stream) =>
        Reallocate(self, current, bytes, alignment, stream);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void NotifyShape(nint self, byte* name, TrtDims* shape)
    {
        var allocator = Of<TrtOutputAllocator>(self);
        try
        {
            allocator?._memory.ShapeFound(in *shape);
        }
        catch (Exception exception)
        {
            allocator?.Fail(exception);
        }
    }

    private static nint Reallocate(nint self, nint current, ulong bytes, ulong alignment, nint stream)
    {
        var allocator = Of<TrtOutputAllocator>(self);
        try
        {
            return allocator?._memory.Reallocate(current, bytes, alignment, stream) ?? 0;
        }
        catch (Exception exception)
        {
            allocator?.Fail(exception);
            return 0;
        }
    }
}

/// <summary>Memory for one output whose size TensorRT learns only during the run.</summary>
internal interface ITrtOutputMemory
{
    /// <summary>Allocates memory for the output, in stream order.</summary>
    /// <param name="current">The memory of the last call; 0 for none.</param>
    /// <param name="bytes">The size. It may be 0, and the result must still not be 0.</param>
    /// <param name="alignment">A power of two.</param>
    /// <param name="stream">The CUDA stream; 0 if TensorRT does not say which.</param>
    /// <returns>A device address; 0 fails the run.</returns>
    nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream);

    /// <summary>Receives the shape of the output, before the values are there.</summary>
    void ShapeFound(in TrtDims shape);
}
