using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Functions behind fake tables that do not allocate.</summary>
internal static unsafe class SteadyFunctions
{
    public static nint True => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, nint>)&AlwaysTrue;

    public static nint Shape => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, TrtDims>)&OneShape;

    private static TrtDims FourDimensions { get; } = new(1, 2, 3, 4);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint AlwaysTrue(nint self, nint a, nint b) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtDims OneShape(nint self, nint name) => FourDimensions;
}
