namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>ISerializationConfig</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtSerializationConfigCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, int, byte> SetFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, byte>)target[TrtMethod.SerializationConfig_SetFlag];
}
