namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IRefitter</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtRefitterCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte> RefitCudaEngine =>
        (delegate* unmanaged[MemberFunction]<nint, byte>)target[TrtMethod.Refitter_RefitCudaEngine];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.Refitter_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, byte*, TrtWeights, byte> SetNamedWeights =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, TrtWeights, byte>)target[TrtMethod.Refitter_SetNamedWeights];
    public delegate* unmanaged[MemberFunction]<nint, int, byte**, int> GetMissingWeights =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte**, int>)target[TrtMethod.Refitter_GetMissingWeights];
    public delegate* unmanaged[MemberFunction]<nint, int, byte**, int> GetAllWeights =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte**, int>)target[TrtMethod.Refitter_GetAllWeights];
    public delegate* unmanaged[MemberFunction]<nint, int, byte> SetMaxThreads =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte>)target[TrtMethod.Refitter_SetMaxThreads];
    public delegate* unmanaged[MemberFunction]<nint, byte*, TrtWeights> GetWeightsPrototype =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, TrtWeights>)target[TrtMethod.Refitter_GetWeightsPrototype];
    public delegate* unmanaged[MemberFunction]<nint, byte, void> SetWeightsValidation =>
        (delegate* unmanaged[MemberFunction]<nint, byte, void>)target[TrtMethod.Refitter_SetWeightsValidation];
}
