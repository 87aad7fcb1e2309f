namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>ITimingCache</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtTimingCacheCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint> Serialize =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.TimingCache_Serialize];
    public delegate* unmanaged[MemberFunction]<nint, nint, byte, byte> Combine =>
        (delegate* unmanaged[MemberFunction]<nint, nint, byte, byte>)target[TrtMethod.TimingCache_Combine];
    public delegate* unmanaged[MemberFunction]<nint, byte> Reset =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.TimingCache_Reset];
}
