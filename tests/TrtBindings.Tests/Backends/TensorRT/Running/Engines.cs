namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Engines for many tests, as texts for the stand-in, with their signatures.</summary>
internal static class Engines
{
    /// <summary>z = x + y, float [batch, 2], batch 1 to 4.</summary>
    public const string Add = """
        engine add
        input x 0 batch,2
        input y 0 batch,2
        node Add sum z x y
        output z
        profile x=1,2/2,2/4,2 y=1,2/2,2/4,2
        """;

    /// <summary>y = relu(x), float [batch, 3], with profiles for 1 to 8, 1, and 9 to 64.</summary>
    public const string ThreeProfiles = """
        engine three
        input x 0 batch,3
        node Relu r y x
        output y
        profile x=1,3/4,3/8,3
        profile x=1,3/1,3/1,3
        profile x=9,3/32,3/64,3
        """;

    /// <summary>places: the indices where x, float [n], is not zero, int64 [1, ?]; same: x.</summary>
    public const string NonZero = """
        engine nonzero
        input x 0 n
        node NonZero find places x
        node Identity copy same x
        output places
        output same
        profile x=0/4/64
        """;

    public static ModelSignature AddSignature { get; } = Sign.Of("x float batch,2; y float batch,2 -> z float batch,2");

    public static ModelSignature ThreeProfilesSignature { get; } = Sign.Of("x float batch,3 -> y float batch,3");

    public static ModelSignature NonZeroSignature { get; } = Sign.Of("x float n -> places int64 1,found; same float n");
}
