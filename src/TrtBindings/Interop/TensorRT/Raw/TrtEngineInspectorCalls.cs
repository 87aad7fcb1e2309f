namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IEngineInspector</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtEngineInspectorCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, nint, byte> SetExecutionContext =>
        (delegate* unmanaged[MemberFunction]<nint, nint, byte>)target[TrtMethod.EngineInspector_SetExecutionContext];
    public delegate* unmanaged[MemberFunction]<nint, int, byte*> GetEngineInformation =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte*>)target[TrtMethod.EngineInspector_GetEngineInformation];
    public delegate* unmanaged[MemberFunction]<nint, nint, void> SetErrorRecorder =>
        (delegate* unmanaged[MemberFunction]<nint, nint, void>)target[TrtMethod.EngineInspector_SetErrorRecorder];
}
