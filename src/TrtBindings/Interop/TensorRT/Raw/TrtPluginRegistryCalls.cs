namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IPluginRegistry</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtPluginRegistryCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, byte*, nint> LoadLibrary =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, nint>)target[TrtMethod.PluginRegistry_LoadLibrary];
}
