using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>The driver's <c>CUmemPoolProps</c>: 88 bytes, of which the rest must be zero.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct CudaMemoryPoolProperties
{
    /// <summary><c>CU_MEM_ALLOCATION_TYPE_PINNED</c>, the only kind there is: memory that stays on its device.</summary>
    [FieldOffset(0)]
    public int AllocationType;

    /// <summary>0: the pool is not shared with other processes.</summary>
    [FieldOffset(4)]
    public int HandleTypes;

    /// <summary><c>CU_MEM_LOCATION_TYPE_DEVICE</c>.</summary>
    [FieldOffset(8)]
    public int LocationType;

    /// <summary>The device.</summary>
    [FieldOffset(12)]
    public int LocationId;

    /// <summary>Memory on one device, for this process.</summary>
    public static CudaMemoryPoolProperties On(int device) =>
        new() { AllocationType = 1, LocationType = 1, LocationId = device };
}
