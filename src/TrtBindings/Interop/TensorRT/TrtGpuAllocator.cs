using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">
/// IGpuAllocator</see>. If the memory throws, TensorRT gets no memory and its call fails.
/// </summary>
internal sealed unsafe class TrtGpuAllocator(TrtSlotTable slots, ITrtGpuMemory memory) : TrtCallback(
    TrtCallbackTables.GpuAllocator(slots, &Allocate, &Reallocate, &Deallocate, &AllocateAsync, &DeallocateAsync),
    "IGpuAllocator"u8)
{
    private readonly ITrtGpuMemory _memory = memory;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Allocate(nint self, ulong bytes, ulong alignment, uint flags) => Give(self, bytes, alignment, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint AllocateAsync(nint self, ulong bytes, ulong alignment, uint flags, nint stream) =>
        Give(self, bytes, alignment, stream);

    /// <summary>0 says that a block cannot grow in place. TensorRT then allocates, copies and frees.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Reallocate(nint self, nint address, ulong alignment, ulong bytes) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte Deallocate(nint self, nint address) => TakeBack(self, address, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte DeallocateAsync(nint self, nint address, nint stream) => TakeBack(self, address, stream);

    private static nint Give(nint self, ulong bytes, ulong alignment, nint stream)
    {
        var allocator = Of<TrtGpuAllocator>(self);
        try
        {
            // Empty tensors need 0 bytes, and null is the right result for them.
            return bytes == 0 ? 0 : allocator?._memory.Allocate(bytes, alignment, stream) ?? 0;
        }
        catch (Exception exception)
        {
            allocator?.Fail(exception);
            return 0;
        }
    }

    private static byte TakeBack(nint self, nint address, nint stream)
    {
        var allocator = Of<TrtGpuAllocator>(self);
        try
        {
            return address == 0 || allocator?._memory.Free(address, stream) == true ? (byte)1 : (byte)0;
        }
        catch (Exception exception)
        {
            allocator?.Fail(exception);
            return 0;
        }
    }
}

/// <summary>Device memory for TensorRT. It is called from any thread.</summary>
internal interface ITrtGpuMemory
{
    /// <summary>Allocates device memory.</summary>
    /// <param name="bytes">The size.</param>
    /// <param name="alignment">A power of two; 0 for any.</param>
    /// <param name="stream">The CUDA stream that will use it; 0 if all streams may use it at once.</param>
    /// <returns>A device address; 0 if there is no memory.</returns>
    nint Allocate(ulong bytes, ulong alignment, nint stream);

    /// <summary>Frees device memory.</summary>
    /// <param name="address">A result of <see cref="Allocate"/>.</param>
    /// <param name="stream">The CUDA stream after whose work the memory is free; 0 if it is free now.</param>
    /// <returns>Whether the address was one that <see cref="Allocate"/> returned.</returns>
    bool Free(nint address, nint stream);
}
