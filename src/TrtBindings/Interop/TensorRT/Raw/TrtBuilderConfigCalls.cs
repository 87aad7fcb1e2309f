namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IBuilderConfig</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtBuilderConfigCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetInt8Calibrator =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.BuilderConfig_SetInt8Calibrator];
    public delegate* unmanaged[MemberFunction]<nint, uint> GetFlags =>
        (delegate* unmanaged[MemberFunction]<nint, uint>)target[TrtMethod.BuilderConfig_GetFlags];
    public delegate* unmanaged[MemberFunction]<nint, int, void> ClearFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_ClearFlag];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_SetFlag];
    public delegate* unmanaged[MemberFunction]<nint, int, byte> GetFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte>)target[TrtMethod.BuilderConfig_GetFlag];
    public delegate* unmanaged[MemberFunction]<nint, nint, int> AddOptimizationProfile =>
        (delegate* unmanaged[MemberFunction]<nint, nint, int>)target[TrtMethod.BuilderConfig_AddOptimizationProfile];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbOptimizationProfiles =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.BuilderConfig_GetNbOptimizationProfiles];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetProfilingVerbosity =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_SetProfilingVerbosity];
    public delegate* unmanaged[MemberFunction]<nint, nint, byte> SetCalibrationProfile =>
        (delegate* unmanaged[MemberFunction]<nint, nint, byte>)target[TrtMethod.BuilderConfig_SetCalibrationProfile];
    public delegate* unmanaged[MemberFunction]<nint, void*, nuint, nint> CreateTimingCache =>
        (delegate* unmanaged[MemberFunction]<nint, void*, nuint, nint>)target[TrtMethod.BuilderConfig_CreateTimingCache];
    public delegate* unmanaged[MemberFunction]<nint, nint, byte, byte> SetTimingCache =>
        (delegate* unmanaged[MemberFunction]<nint, nint, byte, byte>)target[TrtMethod.BuilderConfig_SetTimingCache];
    public delegate* unmanaged[MemberFunction]<nint, int, nuint, void> SetMemoryPoolLimit =>
        (delegate* unmanaged[MemberFunction]<nint, int, nuint, void>)target[TrtMethod.BuilderConfig_SetMemoryPoolLimit];
    public delegate* unmanaged[MemberFunction]<nint, int, nuint> GetMemoryPoolLimit =>
        (delegate* unmanaged[MemberFunction]<nint, int, nuint>)target[TrtMethod.BuilderConfig_GetMemoryPoolLimit];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetBuilderOptimizationLevel =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_SetBuilderOptimizationLevel];
    public delegate* unmanaged[MemberFunction]<nint, int> GetBuilderOptimizationLevel =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.BuilderConfig_GetBuilderOptimizationLevel];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetHardwareCompatibilityLevel =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_SetHardwareCompatibilityLevel];
    public delegate* unmanaged[MemberFunction]<nint, byte**, int, void> SetPluginsToSerialize =>
        (delegate* unmanaged[MemberFunction]<nint, byte**, int, void>)target[TrtMethod.BuilderConfig_SetPluginsToSerialize];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetMaxAuxStreams =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.BuilderConfig_SetMaxAuxStreams];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetProgressMonitor =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.BuilderConfig_SetProgressMonitor];
}
