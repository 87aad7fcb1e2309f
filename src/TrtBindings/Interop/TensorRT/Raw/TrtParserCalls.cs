namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IParser</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtParserCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte> Parse =>
        (delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte>)target[TrtMethod.Parser_Parse];
    public delegate* unmanaged[MemberFunction]<nint, byte*, int, byte> ParseFromFile =>
        (delegate* unmanaged[MemberFunction]<nint, byte*, int, byte>)target[TrtMethod.Parser_ParseFromFile];
    public delegate* unmanaged[MemberFunction]<nint, int> GetNbErrors =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.Parser_GetNbErrors];
    public delegate* unmanaged[MemberFunction]<nint, int, nint> GetError =>
        (delegate* unmanaged[MemberFunction]<nint, int, nint>)target[TrtMethod.Parser_GetError];
    public delegate* unmanaged[MemberFunction]<nint, void> ClearErrors =>
        (delegate* unmanaged[MemberFunction]<nint, void>)target[TrtMethod.Parser_ClearErrors];
    public delegate* unmanaged[MemberFunction]<nint, long*, byte**> GetUsedVCPluginLibraries =>
        (delegate* unmanaged[MemberFunction]<nint, long*, byte**>)target[TrtMethod.Parser_GetUsedVCPluginLibraries];
    public delegate* unmanaged[MemberFunction]<nint, int, void> ClearFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.Parser_ClearFlag];
    public delegate* unmanaged[MemberFunction]<nint, int, void> SetFlag =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.Parser_SetFlag];
    public delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte> SupportsModelV2 =>
        (delegate* unmanaged[MemberFunction]<nint, void*, nuint, byte*, byte>)target[TrtMethod.Parser_SupportsModelV2];
    public delegate* unmanaged[MemberFunction]<nint, int, void> Delete =>
        (delegate* unmanaged[MemberFunction]<nint, int, void>)target[TrtMethod.Parser_Delete];
}
