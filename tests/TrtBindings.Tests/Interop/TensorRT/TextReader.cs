using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A method that takes one text.</summary>
internal static unsafe class TextReader
{
    public static nint Function => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint>)&Read;

    public static string? Seen { get; private set; }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Read(nint self, nint text)
    {
        Seen = Marshal.PtrToStringUTF8(text);
        return 1;
    }
}
