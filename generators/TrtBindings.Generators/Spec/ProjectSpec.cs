using System.Globalization;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>The properties of the project.</summary>
/// <param name="Namespace">Namespace of the generated classes; empty for none.</param>
/// <param name="Diagnostic">The fault in it, if there is one.</param>
internal sealed partial record ProjectSpec(string Namespace, DiagnosticInfo? Diagnostic)
{
    /// <summary>The classes use the language of this version.</summary>
    private const int OldestCSharp = 12;

    /// <summary>True if the build has written the classes already and compiles them as files.</summary>
    public bool HasClasses { get; init; }

    /// <summary>True if the compiler does not understand the classes, because the project asks for an older C#.</summary>
    public bool IsTooOld { get; init; }

    /// <summary>
    /// Whether a project's <c>LangVersion</c> is too old. Names such as <c>latest</c> and no value are new enough.
    /// </summary>
    public static bool IsTooOldVersion(string version) => version.StartsWith("ISO", StringComparison.OrdinalIgnoreCase)
        || (decimal.TryParse(version, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            && number < OldestCSharp);

    public static ProjectSpec Of(string? rootNamespace)
    {
        if (rootNamespace is not { Length: > 0 } text) return new("", null);
        var valid = Identifiers.Namespace(text);
        return string.Equals(valid.Replace("@", ""), text, StringComparison.Ordinal)
            ? new(valid, null)
            : new(valid, DiagnosticInfo.Of(Descriptors.RootNamespaceInvalid, null, text, valid));
    }
}
