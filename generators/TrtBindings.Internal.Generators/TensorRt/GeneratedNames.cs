using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Names in the generated files.</summary>
internal static class GeneratedNames
{
    /// <summary>The namespace of what is raw.</summary>
    public const string Raw = "TrtBindings.Interop.TensorRT.Raw";

    /// <summary>The namespace of the callbacks.</summary>
    public const string Callbacks = "TrtBindings.Interop.TensorRT";

    /// <summary>A class without the letter that all begin with: VRuntime is Runtime.</summary>
    public static string Of(ClassTable table) => table.Name.Substring(1);

    /// <summary>A method as a C# member.</summary>
    public static string Of(MethodRow method) => method.Name == MethodRow.Destructor
        ? "Delete" : char.ToUpperInvariant(method.Name[0]) + method.Name.Substring(1);

    /// <summary>The member of TrtMethod that stands for a method.</summary>
    public static string Of(ClassTable table, MethodRow method) => $"{Of(table)}_{Of(method)}";
}
