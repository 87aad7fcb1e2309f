namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IRuntime</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtRuntimeCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, void*, nuint, nint> DeserializeCudaEngine =>
        (delegate* unmanaged[MemberFunction]<nint, void*, nuint, nint>)target[TrtMethod.Runtime_DeserializeCudaEngine];
    public delegate* unmanaged[MemberFunction]<nint, nint, nint> DeserializeCudaEngineV2 =>
        (delegate* unmanaged[MemberFunction]<nint, nint, nint>)target[TrtMethod.Runtime_DeserializeCudaEngineV2];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbDLACores =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Runtime_GetNbDLACores];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetGpuAllocator =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.Runtime_SetGpuAllocator];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.Runtime_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, int, byte> SetMaxThreads =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte>)target[TrtMethod.Runtime_SetMaxThreads];
    public delegate* unmanaged[MemberFunction]<nint, int> GetMaxThreads =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Runtime_GetMaxThreads];
    public delegate* unmanaged[MemberFunction]<nint, byte*, void> SetTemporaryDirectory =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, void>)target[TrtMethod.Runtime_SetTemporaryDirectory];
    public delegate* unmanaged[MemberFunction]<nint, nint> GetPluginRegistry =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.Runtime_GetPluginRegistry];
    public delegate* unmanaged[MemberFunction]<nint, byte, void> SetEngineHostCodeAllowed =>
        (delegate* unmanaged[MemberFunction]<nint, byte, void>)target[TrtMethod.Runtime_SetEngineHostCodeAllowed];
    public delegate* unmanaged[MemberFunction]<nint, byte> GetEngineHostCodeAllowed =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.Runtime_GetEngineHostCodeAllowed];
}
