using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Reads the size that a dimension's type stands for.</summary>
internal static class FixedSizes
{
    /// <summary>
    /// The size of <c>N&lt;_6, _4, _0&gt;</c>; <see langword="null"/> for Dynamic, a type parameter and everything else.
    /// </summary>
    public static long? Of(ITypeSymbol dimension, IAssemblySymbol runtime)
    {
        if (dimension is not INamedTypeSymbol { Name: "N", IsGenericType: true } size || !IsShape(size, runtime)) return null;
        var value = 0L;
        foreach (var argument in size.TypeArguments)
        {
            if (argument is not { TypeKind: TypeKind.Struct, Name.Length: 2 } || !IsShape(argument, runtime)) return null;
            if (argument.Name[0] != '_' || argument.Name[1] is < '0' or > '9') return null;
            value = (value * 10) + (argument.Name[1] - '0');
        }

        return value;
    }

    private static bool IsShape(ITypeSymbol type, IAssemblySymbol runtime) =>
        type.ContainingNamespace is { Name: "Shapes" }
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, runtime);
}
