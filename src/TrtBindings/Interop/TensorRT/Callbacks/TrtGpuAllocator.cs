using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IGpuAsyncAllocator</c>. Memory that throws is memory refused: what TensorRT was doing fails.</summary>
internal sealed unsafe class TrtGpuAllocator(TrtSlotTable slots, ITrtGpuMemory memory) : TrtCallback(
    slots, "IGpuAllocator", "IGpuAllocator"u8,
    new TrtCallbackMethod("allocate", (nint)(delegate* unmanaged[MemberFunction]<nint, ulong, ulong, uint, nint>)&Allocate),
    new TrtCallbackMethod("reallocate", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, ulong, ulong, nint>)&Reallocate),
    new TrtCallbackMethod("deallocate", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, byte>)&Deallocate),
    new TrtCallbackMethod("allocateAsync",
        (nint)(delegate* unmanaged[MemberFunction]<nint, ulong, ulong, uint, nint, nint>)&AllocateAsync),
    new TrtCallbackMethod("deallocateAsync",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, byte>)&DeallocateAsync))
{
    private readonly ITrtGpuMemory _memory = memory;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Allocate(nint self, ulong bytes, ulong alignment, uint flags) => Give(self, bytes, alignment, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint AllocateAsync(nint self, ulong bytes, ulong alignment, uint flags, nint stream) =>
        Give(self, bytes, alignment, stream);

    /// <summary>0 means that a block cannot grow in place; TensorRT then allocates, copies and frees.</summary>
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
            // Nothing is asked for in empty tensors, and the answer to that is no address.
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
