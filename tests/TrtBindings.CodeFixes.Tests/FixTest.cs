extern alias generator;

using System.Text.RegularExpressions;
using generator::TrtBindings.Generators;
using generator::TrtBindings.Generators.Analyzers;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace TrtBindings.CodeFixes.Tests;

/// <summary>
/// A consumer with models: the generator runs, the analyzer reports, and the fixes are applied one by one and all at once.
/// </summary>
internal sealed partial class FixTest : CSharpCodeFixTest<ConstantAnalyzer, ConstantFix, DefaultVerifier>, IDisposable
{
    private readonly ModelFolder _folder = new();

    public FixTest()
    {
        // The reference assemblies of the SDK and ours: nothing is downloaded.
        ReferenceAssemblies = new("net10.0");
        TestState.AdditionalReferences.AddRange(Compiler.References);
        // What is generated has its own snapshot tests.
        TestBehaviors |= TestBehaviors.SkipGeneratedSourcesCheck;
        AddConfig("is_global = true\nbuild_property.RootNamespace = MyApp\n");
    }

    /// <summary>Sets the consumer's only file.</summary>
    /// <param name="before">The code, with its diagnostics marked.</param>
    /// <param name="after">The code after all fixes; the same text if there must be no fix.</param>
    public void SetCode(string before, string after)
    {
        (TestCode, FixedCode) = (before, after);
        // "Fix all" fixes one id in each round.
        if (before != after)
            NumberOfFixAllIterations = Marked().Matches(before).Select(match => match.Groups["id"].Value).Distinct().Count();
    }

    /// <summary>Adds a model to the consumer, as an additional file.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="model">Its content.</param>
    /// <param name="profile"><c>TrtProfile</c> of its item.</param>
    public void AddModel(string name, OnnxModelBuilder model, string? profile = null)
    {
        var path = _folder.Add(name, model);
        // The compiler has no text of it: the generator reads the file.
        TestState.AdditionalFiles.Add((path, ""));
        if (profile is not null)
            AddConfig($"is_global = true\n[{path}]\nbuild_metadata.AdditionalFiles.TrtProfile = {profile}\n");
    }

    /// <inheritdoc/>
    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(OnnxGenerator)];

    public void Dispose() => _folder.Dispose();

    private void AddConfig(string text) =>
        TestState.AnalyzerConfigFiles.Add(($"/config{TestState.AnalyzerConfigFiles.Count}.globalconfig", text));

    [GeneratedRegex(@"\{\|(?<id>TRTB\d+):")]
    private static partial Regex Marked();
}
