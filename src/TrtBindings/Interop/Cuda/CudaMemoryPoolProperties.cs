using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>The struct <c>CUmemPoolProps</c> of the driver: 88 bytes. All other bytes must be zero.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct CudaMemoryPoolProperties
{
    /// <summary><c>CU_MEM_ALLOCATION_TYPE_PINNED</c>, the only valid type: the memory stays on its device.</summary>
    [FieldOffset(0)]
    public int AllocationType;

    /// <summary>0, because the pool is not shared with other processes.</summary>
    [FieldOffset(4)]
    public int HandleTypes;

    /// <summary><c>CU_MEM_LOCATION_TYPE_DEVICE</c>.</summary>
    [FieldOffset(8)]
    public int LocationType;

    /// <summary>The <c>CUdevice</c>.</summary>
    [FieldOffset(12)]
    public int LocationId;

    /// <summary>A pool of memory on one device, for this process.</summary>
    public static CudaMemoryPoolProperties On(int device) =>
        new() { AllocationType = 1, LocationType = 1, LocationId = device };
}
