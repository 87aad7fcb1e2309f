using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IOutputAllocator</c> for one tensor. Memory that throws is memory refused: the run fails.</summary>
internal sealed unsafe class TrtOutputAllocator(TrtSlotTable slots, ITrtOutputMemory memory) : TrtCallback(
    slots, "IOutputAllocator", "IOutputAllocator"u8,
    new TrtCallbackMethod("reallocateOutput",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, ulong, ulong, nint>)&ReallocateOutput),
    new TrtCallbackMethod("reallocateOutputAsync",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, ulong, ulong, nint, nint>)&ReallocateOutputAsync),
    new TrtCallbackMethod("notifyShape", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, TrtDims*, void>)&NotifyShape))
{
    private readonly ITrtOutputMemory _memory = memory;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint ReallocateOutput(nint self, nint name, nint current, ulong bytes, ulong alignment) =>
        Reallocate(self, current, bytes, alignment, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint ReallocateOutputAsync(nint self, nint name, nint current, ulong bytes, ulong alignment, nint stream) =>
        Reallocate(self, current, bytes, alignment, stream);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void NotifyShape(nint self, nint name, TrtDims* shape)
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
