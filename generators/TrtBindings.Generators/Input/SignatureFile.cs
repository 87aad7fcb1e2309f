using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators;

/// <summary>A signature that was checked in.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text; empty if it cannot be read as text.</param>
internal sealed record SignatureFile(string Path, string Text)
{
    private const string Suffix = ".onnx" + SignatureText.Extension;

    public static bool Is(AdditionalText text) => text.Path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Through the compiler, which keeps track of it: this is text, unlike the model.</summary>
    public static SignatureFile Of(AdditionalText text, CancellationToken token) =>
        new(text.Path, text.GetText(token)?.ToString() ?? "");

    /// <summary>What moved; nothing if nothing did, or if the file is of no model.</summary>
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
