namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>ICudaEngine</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtCudaEngineCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbLayers =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.CudaEngine_GetNbLayers];
    public delegate* unmanaged[MemberFunction]<nint, nint> Serialize =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.CudaEngine_Serialize];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> CreateExecutionContext =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.CudaEngine_CreateExecutionContext];
    public delegate* unmanaged[MemberFunction]<nint, nuint> GetDeviceMemorySize =>
        (delegate* unmanaged[MemberFunction]<nint, nuint>)target[TrtMethod.CudaEngine_GetDeviceMemorySize];
    public delegate* unmanaged[MemberFunction]<nint, long> GetDeviceMemorySizeV2 =>
        (delegate* unmanaged[MemberFunction]<nint, long>)target[TrtMethod.CudaEngine_GetDeviceMemorySizeV2];
    public delegate* unmanaged[MemberFunction]<nint, int, nuint> GetDeviceMemorySizeForProfile =>
        (delegate* unmanaged[MemberFunction]<nint, int, nuint>)target[TrtMethod.CudaEngine_GetDeviceMemorySizeForProfile];
    public delegate* unmanaged[MemberFunction]<nint, int, long> GetDeviceMemorySizeForProfileV2 =>
        (delegate* unmanaged[MemberFunction]<nint, int, long>)target[TrtMethod.CudaEngine_GetDeviceMemorySizeForProfileV2];
    public delegate* unmanaged[MemberFunction]<nint, byte> IsRefittable =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.CudaEngine_IsRefittable];
    public delegate* unmanaged[MemberFunction]<nint, byte*> GetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.CudaEngine_GetName];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbOptimizationProfiles =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.CudaEngine_GetNbOptimizationProfiles];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.CudaEngine_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, nint> CreateEngineInspector =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.CudaEngine_CreateEngineInspector];
    public delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims> GetTensorShape =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, TrtDims>)target[TrtMethod.CudaEngine_GetTensorShape];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int> GetTensorDataType =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int>)target[TrtMethod.CudaEngine_GetTensorDataType];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int> GetTensorLocation =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int>)target[TrtMethod.CudaEngine_GetTensorLocation];
    public delegate* unmanaged[MemberFunction]<nint, byte*, byte> IsShapeInferenceIO =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, byte>)target[TrtMethod.CudaEngine_IsShapeInferenceIO];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int> GetTensorIOMode =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int>)target[TrtMethod.CudaEngine_GetTensorIOMode];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int> GetTensorComponentsPerElementV2 =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int>)target[TrtMethod.CudaEngine_GetTensorComponentsPerElementV2];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int> GetTensorFormatV2 =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int>)target[TrtMethod.CudaEngine_GetTensorFormatV2];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int> GetTensorVectorizedDimV2 =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int>)target[TrtMethod.CudaEngine_GetTensorVectorizedDimV2];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int, TrtDims> GetProfileShape =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int, TrtDims>)target[TrtMethod.CudaEngine_GetProfileShape];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int, int*> GetProfileTensorValues =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int, int*>)target[TrtMethod.CudaEngine_GetProfileTensorValues];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, int, long*> GetProfileTensorValuesV2 =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, int, long*>)target[TrtMethod.CudaEngine_GetProfileTensorValuesV2];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbIOTensors =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.CudaEngine_GetNbIOTensors];
    public delegate* unmanaged[MemberFunction]<nint, int, byte*> GetIOTensorName =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte*>)target[TrtMethod.CudaEngine_GetIOTensorName];
    public delegate* unmanaged[MemberFunction]<nint, int> GetHardwareCompatibilityLevel =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.CudaEngine_GetHardwareCompatibilityLevel];
    public delegate* unmanaged[MemberFunction]<nint, nint> CreateSerializationConfig =>
        (delegate* unmanaged[MemberFunction]<nint, nint>)target[TrtMethod.CudaEngine_CreateSerializationConfig];
    public delegate* unmanaged[MemberFunction]<nint, nint, nint> SerializeWithConfig =>
        (delegate* unmanaged[MemberFunction]<nint, nint, nint>)target[TrtMethod.CudaEngine_SerializeWithConfig];
    public delegate* unmanaged[MemberFunction]<nint, nint, nint> CreateRefitter =>
        (delegate* unmanaged[MemberFunction]<nint, nint, nint>)target[TrtMethod.CudaEngine_CreateRefitter];
    public delegate* unmanaged[MemberFunction]<nint, long> GetStreamableWeightsSize =>
        (delegate* unmanaged[MemberFunction]<nint, long>)target[TrtMethod.CudaEngine_GetStreamableWeightsSize];
}
