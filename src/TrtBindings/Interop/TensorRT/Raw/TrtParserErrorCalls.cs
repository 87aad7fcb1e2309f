namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Raw layer: the methods of <c>IParserError</c> that this library calls, by slot. The first argument is the object.
/// </summary>
internal readonly unsafe struct TrtParserErrorCalls(TrtTarget target)
{
    public delegate* unmanaged[MemberFunction]<nint, int> Code =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.ParserError_Code];
    public delegate* unmanaged[MemberFunction]<nint, byte*> Desc =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.ParserError_Desc];
    public delegate* unmanaged[MemberFunction]<nint, int> Node =>
        (delegate* unmanaged[MemberFunction]<nint, int>)target[TrtMethod.ParserError_Node];
    public delegate* unmanaged[MemberFunction]<nint, byte*> NodeName =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.ParserError_NodeName];
    public delegate* unmanaged[MemberFunction]<nint, byte*> NodeOperator =>
        (delegate* unmanaged[MemberFunction]<nint, byte*>)target[TrtMethod.ParserError_NodeOperator];
}
