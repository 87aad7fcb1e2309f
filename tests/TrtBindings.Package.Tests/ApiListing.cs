using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace TrtBindings.Package.Tests;

/// <summary>
/// What an assembly shows to others: public types, and their public and protected members, in order of their text.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().GroupBy(t => t.Namespace).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(ApiNames.Of, StringComparer.Ordinal))
            {
                text.Append("\n  ").Append(Header(type)).Append('\n');
                foreach (var member in Members(type).Order(StringComparer.Ordinal))
                    text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } super } && super != typeof(object)) bases.Add(ApiNames.Of(super));
        bases.AddRange(type.IsEnum ? [ApiNames.Of(type.GetEnumUnderlyingType())]
            : type.GetInterfaces().Where(i => i.IsVisible).Select(ApiNames.Of).Order(StringComparer.Ordinal));
        var constraints = string.Concat(type.GetGenericArguments().Where(a => type.IsGenericTypeDefinition).Select(Constraints));
        return $"{Kind(type)} {ApiNames.Of(type)}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}{constraints}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsEnum) return "enum";
        var isReadOnly = type.IsDefined(typeof(IsReadOnlyAttribute), false);
        if (type.IsValueType) return (isReadOnly ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct");
        if (type is { IsAbstract: true, IsSealed: true }) return "static class";
        return (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
            + (type.GetMethod("<Clone>$", Declared) is null ? "class" : "record");
    }

    private static string Constraints(Type argument)
    {
        var names = argument.GetGenericParameterConstraints().Select(ApiNames.Of).ToList();
        var special = argument.GenericParameterAttributes;
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) names.Insert(0, "class");
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) names.Insert(0, "struct");
        return names.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", names)}";
    }

    private static IEnumerable<string> Members(Type type) =>
        type.IsEnum ? Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt64(Enum.Parse(type, n))}")
        : type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly).Select(Field)
            .Concat(type.GetConstructors(Declared).Where(IsShown).Select(c => $"{Access(c)}new({Parameters(c)})"))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsShown)).Select(Property))
            .Concat(type.GetMethods(Declared).Where(m => IsShown(m) && !IsAccessor(m) && !IsSynthesized(m)).Select(Method));

    private static string Field(FieldInfo field) => (field.IsPublic ? "" : "protected ")
        + (field.IsLiteral ? $"const {ApiNames.Of(field)} {field.Name} = {ApiNames.Constant(field.GetRawConstantValue())}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{ApiNames.Of(field)} {field.Name}");

    private static string Property(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsShown(getter) ? getter : null;
        var set = property.SetMethod is { } setter && IsShown(setter) ? setter : null;
        var isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(ApiNames.Of))}]";
        var accessors = (get is null ? "" : " get;") + (set is null ? "" : isInit ? " init;" : " set;");
        return $"{Modifiers(get ?? set!)}{(property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")}"
            + $"{ApiNames.Of(property)} {name} {{{accessors} }}";
    }

    private static string Method(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(ApiNames.Of))}>";
        return $"{Modifiers(method)}{ApiNames.Return(method)} {method.Name}{generic}({Parameters(method)})"
            + string.Concat(arguments.Select(Constraints));
    }

    private static string Modifiers(MethodInfo method) => Access(method)
        + (method.IsStatic ? "static " : "")
        + (method.IsAbstract ? "abstract "
            : method.GetBaseDefinition() != method ? "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(ApiNames.Of));

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    /// <summary>What the compiler adds to a record says nothing that the word does not.</summary>
    private static bool IsSynthesized(MethodInfo method) => method.IsDefined(typeof(CompilerGeneratedAttribute), false);
}
