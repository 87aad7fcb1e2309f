using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Functions that return one word and record nothing, for calls that are not under test.</summary>
internal static unsafe class Constant
{
    private static nint _word;

    public static nint Zero => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint>)&AnswerZero;

    public static nint One => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint>)&AnswerOne;

    /// <summary>A function that returns this word from now on.</summary>
    public static nint Give(nint word)
    {
        _word = word;
        return (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint>)&Answer;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Answer(nint self, nint argument) => _word;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint AnswerZero(nint self, nint argument) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint AnswerOne(nint self, nint argument) => 1;
}
