using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A method that takes a name and a shape by reference.</summary>
internal static unsafe class ShapeReader
{
    public static nint Function => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, TrtDims*, nint>)&Read;

    public static TrtDims Seen { get; private set; }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Read(nint self, nint name, TrtDims* shape)
    {
        Seen = *shape;
        return 1;
    }
}
