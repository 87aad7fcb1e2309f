namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IBuilder</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtBuilderCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetGpuAllocator =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.Builder_SetGpuAllocator];
    public delegate* unmanaged[MemberFunction]<nint, nint> CreateBuilderConfig =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.Builder_CreateBuilderConfig];
    public delegate* unmanaged[MemberFunction]<nint, uint, nint> CreateNetworkV2 =>
        (delegate* unmanaged[MemberFunction]<nint, uint, nint>)target[TrtMethod.Builder_CreateNetworkV2];
    public delegate* unmanaged[MemberFunction]<nint, nint> CreateOptimizationProfile =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.Builder_CreateOptimizationProfile];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.Builder_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, nint, nint, nint> BuildSerializedNetwork =>
        (delegate* unmanaged[MemberFunction]<nint, nint, nint, nint>)target[TrtMethod.Builder_BuildSerializedNetwork];
    public delegate* unmanaged[MemberFunction]<nint, nint, nint, byte> IsNetworkSupported =>
        (delegate* unmanaged[MemberFunction]<nint, nint, nint, byte>)target[TrtMethod.Builder_IsNetworkSupported];
    public delegate* unmanaged[MemberFunction]<nint, int, byte> SetMaxThreads =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte>)target[TrtMethod.Builder_SetMaxThreads];
    public delegate* unmanaged[MemberFunction]<nint, int> GetMaxThreads =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Builder_GetMaxThreads];
}
