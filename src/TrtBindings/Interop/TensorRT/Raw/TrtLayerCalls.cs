namespace TrtBindings.Interop.TensorRT;

/// <summary>Raw layer: the methods of <c>ILayer</c> that this library calls, by slot. The first argument is the object.</summary>
internal readonly unsafe struct TrtLayerCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte*> GetName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.Layer_GetName];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbInputs =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Layer_GetNbInputs];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetInput =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.Layer_GetInput];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbOutputs =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Layer_GetNbOutputs];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetOutput =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.Layer_GetOutput];
}
