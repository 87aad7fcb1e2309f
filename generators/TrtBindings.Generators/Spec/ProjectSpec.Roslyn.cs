using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Spec;

/// <content>What the build told the compiler of the project.</content>
internal sealed partial record ProjectSpec
{
    public static ProjectSpec Of(AnalyzerConfigOptions options, ParseOptions parse)
    {
        return Of(Get("RootNamespace")) with
        {
            HasClasses = string.Equals(Get("TrtEmitSource"), "true", StringComparison.OrdinalIgnoreCase),
            // The compiler counts in hundredths.
            IsTooOld = parse is CSharpParseOptions { LanguageVersion: < (LanguageVersion)(OldestCSharp * 100) },
        };

        string? Get(string name) => options.TryGetValue("build_property." + name, out var value) ? value.Trim() : null;
    }
}
