namespace TrtBindings.Generators.Spec;

/// <summary>The C# type of one element.</summary>
internal static class CSharpTypes
{
    /// <summary>The type's name; <see langword="null"/> if C# has none.</summary>
    public static string? Of(ElementType type) => type switch
    {
        ElementType.Float => "float",
        ElementType.Double => "double",
        ElementType.Float16 => "global::System.Half",
        ElementType.BFloat16 => "Trt::BFloat16",
        ElementType.Int8 => "sbyte",
        ElementType.UInt8 => "byte",
        ElementType.Int16 => "short",
        ElementType.UInt16 => "ushort",
        ElementType.Int32 => "int",
        ElementType.UInt32 => "uint",
        ElementType.Int64 => "long",
        ElementType.UInt64 => "ulong",
        ElementType.Bool => "bool",
        ElementType.String => "string",
        _ => null,
    };

    /// <summary>True if a value can be a member of a generated class.</summary>
    public static bool HasForm(TensorDescription value) =>
        value.Kind == ValueKind.Tensor && Of(value.ElementType) is not null;

    /// <summary>True if the file does not declare the type of an output.</summary>
    public static bool IsUntyped(TensorDescription value) => value.Kind == ValueKind.Undefined
        || (value.Kind == ValueKind.Tensor && value.ElementType == ElementType.Undefined);

    /// <summary>Describes the type of a value without a C# form, for a message.</summary>
    public static string Describe(TensorDescription value) => value.Kind switch
    {
        ValueKind.Undefined => "of no declared type",
        ValueKind.Tensor when value.ElementType == ElementType.Undefined => "a tensor of no known element type",
        _ => value.TypeText,
    };
}
