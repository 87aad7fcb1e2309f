namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>INetworkDefinition</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtNetworkDefinitionCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims*, nint> AddInput =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, TrtDims*, nint>)target[TrtMethod.NetworkDefinition_AddInput];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> MarkOutput =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.NetworkDefinition_MarkOutput];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbLayers =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.NetworkDefinition_GetNbLayers];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetLayer =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.NetworkDefinition_GetLayer];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbInputs =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.NetworkDefinition_GetNbInputs];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetInput =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.NetworkDefinition_GetInput];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbOutputs =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.NetworkDefinition_GetNbOutputs];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetOutput =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.NetworkDefinition_GetOutput];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> UnmarkOutput =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.NetworkDefinition_UnmarkOutput];
    public delegate* unmanaged[MemberFunction]<nint, byte*, void> SetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, void>)target[TrtMethod.NetworkDefinition_SetName];
    public delegate* unmanaged[MemberFunction]<nint, byte*> GetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.NetworkDefinition_GetName];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.NetworkDefinition_SetErrorRecorder];
    public delegate* unmanaged[MemberFunction]<nint, uint> GetFlags =>
        (delegate* unmanaged[MemberFunction]<nint, uint>)target[TrtMethod.NetworkDefinition_GetFlags];
}
