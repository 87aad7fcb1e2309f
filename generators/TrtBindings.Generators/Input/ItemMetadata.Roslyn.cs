using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Input;

/// <content>What the build told the compiler of an item.</content>
internal sealed partial record ItemMetadata
{
    private const string Prefix = "build_metadata.AdditionalFiles.";

    public static ItemMetadata Of(AnalyzerConfigOptions options) =>
        Of(name => options.TryGetValue(Prefix + name, out var value) ? value : null);
}
