namespace TrtBindings.Package.Tests;

/// <summary>Types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint", [typeof(float)] = "float", [typeof(double)] = "double",
    };

    /// <summary>A type, without its namespace.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return Of(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";
        var outer = type.DeclaringType;
        var all = type.GetGenericArguments();
        var inherited = outer?.GetGenericArguments().Length ?? 0;
        var own = all[inherited..];
        var name = type.Name.Split('`')[0] + (own.Length == 0 ? "" : $"<{string.Join(", ", own.Select(Of))}>");
        if (outer is null) return name;
        return Of(outer.IsGenericTypeDefinition && all.Length > 0 ? outer.MakeGenericType(all[..inherited]) : outer) + "." + name;
    }
}
