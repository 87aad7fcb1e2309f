using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Emit;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Spec;

namespace TrtBindings.Generators;

/// <summary>Generates a class for every .onnx in AdditionalFiles.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OnnxGenerator : IIncrementalGenerator
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The step that takes the AdditionalText must open the file: the identity of the text is the only signal that the file
        // has changed. After a step that keeps only the path, a replaced file would never be read again.
        var read = context.AdditionalTextsProvider
            .Where(static text => TargetPath.IsModel(text))
            .Select(static (text, token) => new OpenedFile(text, ModelFileReader.Read(text.Path, token)))
            .WithTrackingName(TrackingNames.Read);
        var described = read.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => Describe(pair.Left.Text, pair.Left.File, pair.Right))
            .WithTrackingName(TrackingNames.Describe);
        var project = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => ProjectSpec.Of(pair.Left.GlobalOptions, pair.Right))
            .WithTrackingName(TrackingNames.Project);
        var named = described.Collect()
            .Select(static (items, _) => new ModelItems(new([.. items])))
            .Combine(project)
            .Select(static (pair, _) => new NamedModels(new([.. ModelNames.Assign(pair.Left.Items, pair.Right)])));
        var specified = named
            .SelectMany(static (all, _) => all.Models)
            .WithTrackingName(TrackingNames.Name)
            .Select(static (named, _) => Specifier.Specify(named))
            .WithTrackingName(TrackingNames.Specify);
        var emitted = specified
            .Where(static specification => specification.Model is not null)
            .Select(static (specification, _) => Emission.Of(specification.Model!, specification.Path))
            .WithTrackingName(TrackingNames.Emit);
        var diagnosed = specified
            .SelectMany(static (specification, _) => specification.Diagnostics)
            .WithTrackingName(TrackingNames.Diagnose);
        var signatures = context.AdditionalTextsProvider
            .Where(SignatureFile.Is)
            .Select(SignatureFile.Of)
            .WithTrackingName(TrackingNames.Signature);
        var moved = signatures.Combine(named)
            .SelectMany(static (pair, _) => pair.Left.Compare(pair.Right))
            .WithTrackingName(TrackingNames.Compare);
        var ofProject = named.Combine(project)
            .Select(static (pair, _) => pair.Left.Models.Count == 0 ? null
                : pair.Right.IsTooOld ? DiagnosticInfo.Of(Descriptors.LanguageTooOld, path: null) : pair.Right.Diagnostic);

        var pages = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => HelpLinks.FolderOf(options));

        context.RegisterSourceOutput(emitted.Combine(project).Combine(pages), static (output, all) =>
        {
            var ((emission, project), pages) = all;
            if (project.IsTooOld) return;
            if (emission.Source is { } source && !project.HasClasses)
                output.AddSource(source.HintName, SourceText.From(source.Text, Utf8));
            if (emission.Defect is { } defect) output.ReportDiagnostic(defect.ToDiagnostic(pages));
        });
        context.RegisterSourceOutput(
            diagnosed.Combine(pages), static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
        context.RegisterSourceOutput(
            moved.Combine(pages), static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
        context.RegisterSourceOutput(ofProject.Combine(pages), static (output, pair) =>
        {
            if (pair.Left is { } diagnostic) output.ReportDiagnostic(diagnostic.ToDiagnostic(pair.Right));
        });
    }

    private static ModelItem Describe(AdditionalText text, ModelFile file, AnalyzerConfigOptionsProvider provider)
    {
        var options = provider.GetOptions(text);
        return new(file, TargetPath.Of(text, options), ItemMetadata.Of(options));
    }
}
