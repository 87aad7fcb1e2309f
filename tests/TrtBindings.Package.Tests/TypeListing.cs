using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace TrtBindings.Package.Tests;

/// <summary>
/// The public types of an assembly: kind, base type, interfaces and constraints of each, its required members, and the
/// constraints of its generic methods.
/// </summary>
internal static class TypeListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().GroupBy(t => t.Namespace).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(TypeNames.Of, StringComparer.Ordinal))
            {
                text.Append("  ").Append(Header(type)).Append('\n');
                foreach (var member in Members(type).Distinct().Order(StringComparer.Ordinal))
                    text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } super } && super != typeof(object)) bases.Add(TypeNames.Of(super));
        bases.AddRange(type.IsEnum ? [TypeNames.Of(type.GetEnumUnderlyingType())]
            : type.GetInterfaces().Where(i => i.IsVisible).Select(TypeNames.Of).Order(StringComparer.Ordinal));
        return $"{Kind(type)} {TypeNames.Of(type)}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}"
            + (type.IsGenericTypeDefinition ? Constraints(type.GetGenericArguments()) : "");
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

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(Declared)
            .Where(member => member is not Type && member.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(member => $"required {member.Name}")
            .Concat(from method in type.GetMethods(Declared)
                    where method.IsGenericMethodDefinition && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
                    let arguments = method.GetGenericArguments()
                    let constraints = Constraints(arguments)
                    where constraints.Length > 0
                    select $"{method.Name}<{string.Join(", ", arguments.Select(TypeNames.Of))}>{constraints}");

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(argument =>
    {
        var names = argument.GetGenericParameterConstraints().Select(TypeNames.Of).ToList();
        var special = argument.GenericParameterAttributes;
        if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) names.Insert(0, "class");
        if (special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)) names.Insert(0, "struct");
        return names.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", names)}";
    }));
}
