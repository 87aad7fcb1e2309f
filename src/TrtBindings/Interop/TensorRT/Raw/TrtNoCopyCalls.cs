namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>INoCopy</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtNoCopyCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, int, void> Delete =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.NoCopy_Delete];
}
