namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IParserRefitter</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtParserRefitterCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte> RefitFromBytes =>
        (delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte>)target[TrtMethod.ParserRefitter_RefitFromBytes];
    public delegate* unmanaged[MemberFunction]<nint, byte*, byte> RefitFromFile =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, byte>)target[TrtMethod.ParserRefitter_RefitFromFile];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbErrors =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.ParserRefitter_GetNbErrors];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetError =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.ParserRefitter_GetError];
    public delegate* unmanaged[MemberFunction]<nint, void> ClearErrors =>
        (delegate* unmanaged[MemberFunction]<nint, void>)target[TrtMethod.ParserRefitter_ClearErrors];
    public delegate* unmanaged[MemberFunction]<nint, int, void> Delete =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.ParserRefitter_Delete];
}
