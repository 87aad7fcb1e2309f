using System.Reflection;

namespace TrtBindings.Package.Tests;

/// <summary>Types as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(char)] = "char", [typeof(decimal)] = "decimal",
    };

    /// <summary>A type, without namespace where it is the framework's.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsByRef) return "ref " + Of(type.GetElementType()!);
        if (type.IsPointer) return Of(type.GetElementType()!) + "*";
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

    /// <summary>A parameter with its modifiers and default.</summary>
    public static string Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var modifier = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        if (parameter.CustomAttributes.Any(a => a.AttributeType.Name is "ParamArrayAttribute" or "ParamCollectionAttribute"))
            modifier = "params ";
        var text = Of(type.IsByRef ? type.GetElementType()! : type) + Mark(Nullability.Create(parameter));
        return modifier + text + " " + parameter.Name + (parameter.HasDefaultValue ? " = " + Default(parameter) : "");
    }

    /// <summary>What a method gives.</summary>
    public static string Return(MethodInfo method) => Of(method.ReturnType) + Mark(Nullability.Create(method.ReturnParameter));

    /// <summary>A property's type.</summary>
    public static string Of(PropertyInfo property) => Of(property.PropertyType) + Mark(Nullability.Create(property));

    /// <summary>A field's type.</summary>
    public static string Of(FieldInfo field) => Of(field.FieldType) + Mark(Nullability.Create(field));

    /// <summary>A constant as text, the same in every culture.</summary>
    public static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType ? "default" : Constant(parameter.DefaultValue);

    private static string Mark(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType ? "?" : "";
}
