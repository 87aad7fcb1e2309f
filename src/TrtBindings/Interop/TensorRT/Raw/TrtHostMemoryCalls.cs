namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IHostMemory</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtHostMemoryCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint> Data =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.HostMemory_Data];
    public delegate* unmanaged[MemberFunction]<nint, nuint> Size =>
        (delegate* unmanaged[MemberFunction]<nint, nuint>)target[TrtMethod.HostMemory_Size];
    public delegate* unmanaged[MemberFunction]<nint, int> Type =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.HostMemory_Type];
}
