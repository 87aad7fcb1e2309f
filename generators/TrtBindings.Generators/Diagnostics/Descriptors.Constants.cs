namespace TrtBindings.Generators.Diagnostics;

/// <summary>Constants in the user's code that a run would refuse.</summary>
internal static partial class Descriptors
{
    private const string Constants = "TrtBindings.Constants";

    public static readonly DiagnosticRule IndexOutside = Error(
        ConstantIds.Index, Constants, "An index is outside a dimension",
        "Dimension {0} has {1}, so {2} is no index of it");

    public static readonly DiagnosticRule SliceOutside = Error(
        ConstantIds.Slice, Constants, "A slice is outside a dimension",
        "Dimension 0 has {0}, and a slice{1} is not inside it");

    public static readonly DiagnosticRule SizeRefused = Error(
        ConstantIds.Size, Constants, "A dimension has a size that the model never runs with",
        "Dimension '{0}' cannot be {2}: it must be {1}");

    public static readonly DiagnosticRule SizeOutsideProfiles = Error(
        ConstantIds.Profile, Constants, "A dimension has a size outside the declared ranges",
        "Dimension '{0}' is declared for {1} in TrtProfile, and {2} is {3}. Use a declared size, or declare this one.");
}
