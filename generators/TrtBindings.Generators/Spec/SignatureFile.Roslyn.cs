using Microsoft.CodeAnalysis;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Spec;

/// <summary>A signature file that was checked in.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text; empty if it cannot be read as text.</param>
internal sealed record SignatureFile(string Path, string Text)
{
    private const string Suffix = ".onnx" + SignatureText.Extension;

    public static bool Is(AdditionalText text) => text.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the file through the compiler, which tracks it: unlike a model it is text.</summary>
    public static SignatureFile Of(AdditionalText text, CancellationToken token) =>
        new(text.Path, text.GetText(token)?.ToString() ?? "");

    /// <summary>Reports the first difference from the model that the file belongs to.</summary>
    public IEnumerable<DiagnosticInfo> Compare(NamedModels all)
    {
        foreach (var named in all.Models)
        {
            var model = named.Item.File;
            if (model.Description is null
                || !string.Equals(Path, model.Path + SignatureText.Extension, StringComparison.Ordinal))
                continue;
            if (SignatureText.FirstDifference(Text, model.Description) is { } difference)
                yield return DiagnosticInfo.Of(
                    Descriptors.SignatureMoved, model.Path, System.IO.Path.GetFileName(Path), difference);
        }
    }
}
