using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// The functions behind fake tables: one for each kind of result. They record their arguments and return what the test set.
/// </summary>
internal static unsafe class FakeFunctions
{
    /// <summary>The result of the next call, by its type.</summary>
    public static nint Word { get; set; }

    /// <inheritdoc cref="Word"/>
    public static TrtDims Dims { get; set; }

    /// <inheritdoc cref="Word"/>
    public static TrtWeights Weights { get; set; }

    /// <summary>The last call of the method under test.</summary>
    public static FakeCall? Last { get; set; }

    /// <summary>The number of calls of other methods.</summary>
    public static int Strays { get; set; }

    /// <summary>Reads the memory behind the arguments during a call. It must not throw.</summary>
    public static Action<nint[]>? Look { get; set; }

    /// <summary>The slot of the method under test.</summary>
    public static int SlotUnderTest { get; set; }

    public static nint OfWords => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, nint, nint, nint>)&Words;

    public static nint OfDims => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, nint, TrtDims>)&ToDims;

    public static nint OfWeights => (nint)(delegate* unmanaged[MemberFunction]<nint, nint, TrtWeights>)&ToWeights;

    public static nint Stray => (nint)(delegate* unmanaged[MemberFunction]<nint, nint>)&CountStray;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint Words(nint self, nint a, nint b, nint c, nint d)
    {
        Last = new(SlotUnderTest, self, [a, b, c, d]);
        Look?.Invoke(Last.Arguments);
        return Word;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtDims ToDims(nint self, nint a, nint b, nint c)
    {
        Last = new(SlotUnderTest, self, [a, b, c]);
        return Dims;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static TrtWeights ToWeights(nint self, nint a)
    {
        Last = new(SlotUnderTest, self, [a]);
        return Weights;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint CountStray(nint self)
    {
        Strays++;
        return 0;
    }
}
