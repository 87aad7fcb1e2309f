namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IExecutionContext</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtExecutionContextCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetProfiler =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.ExecutionContext_SetProfiler];
    public delegate* unmanaged[MemberFunction]<nint, byte*, void> SetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, void>)target[TrtMethod.ExecutionContext_SetName];
    public delegate* unmanaged[MemberFunction]<nint, int> GetOptimizationProfile =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.ExecutionContext_GetOptimizationProfile];
    public delegate* unmanaged[MemberFunction]<nint, byte> AllInputDimensionsSpecified =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.ExecutionContext_AllInputDimensionsSpecified];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.ExecutionContext_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, int, nint, byte> SetOptimizationProfileAsync =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint, byte>)
            target[TrtMethod.ExecutionContext_SetOptimizationProfileAsync];
    public delegate* unmanaged[MemberFunction]<nint, byte, void> SetEnqueueEmitsProfile =>
        (delegate* unmanaged[MemberFunction]<nint, byte, void>)target[TrtMethod.ExecutionContext_SetEnqueueEmitsProfile];
    public delegate* unmanaged[MemberFunction]<nint, byte> ReportToProfiler =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.ExecutionContext_ReportToProfiler];
    public delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims*, byte> SetInputShape =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims*, byte>)target[TrtMethod.ExecutionContext_SetInputShape];
    public delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims> GetTensorShape =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims>)target[TrtMethod.ExecutionContext_GetTensorShape];
    public delegate* unmanaged[MemberFunction]<nint, byte*, nint, byte> SetTensorAddress =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, nint, byte>)target[TrtMethod.ExecutionContext_SetTensorAddress];
    public delegate* unmanaged[MemberFunction]<nint, byte*, nint> GetTensorAddress =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, nint>)target[TrtMethod.ExecutionContext_GetTensorAddress];
    public delegate* unmanaged[MemberFunction]<nint, int, byte**, int> InferShapes =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte**, int>)target[TrtMethod.ExecutionContext_InferShapes];
    public delegate* unmanaged[MemberFunction]<nint, byte*, nint, byte> SetOutputAllocator =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, nint, byte>)target[TrtMethod.ExecutionContext_SetOutputAllocator];
    public delegate* unmanaged[MemberFunction]<nint, byte*, long> GetMaxOutputSize =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, long>)target[TrtMethod.ExecutionContext_GetMaxOutputSize];
    public delegate* unmanaged[MemberFunction]<nint, nint, byte> EnqueueV3 =>
        (delegate* unmanaged[MemberFunction]<nint, nint, byte>)target[TrtMethod.ExecutionContext_EnqueueV3];
    public delegate* unmanaged[MemberFunction]<nint, nint, long, void> SetDeviceMemoryV2 =>
        (delegate* unmanaged[MemberFunction]<nint, nint, long, void>)target[TrtMethod.ExecutionContext_SetDeviceMemoryV2];
}
