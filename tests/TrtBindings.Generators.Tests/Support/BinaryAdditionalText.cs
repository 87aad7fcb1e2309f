using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// A file as the compiler gives it. Asking for the text of a model is an error here, because weights are not text.
/// </summary>
internal sealed class BinaryAdditionalText(string path) : AdditionalText
{
    private readonly SourceText _text =
        SourceText.From(path.EndsWith(".txt", StringComparison.Ordinal) ? File.ReadAllText(path) : "");

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        path.EndsWith(".txt", StringComparison.Ordinal)
            ? _text
            : throw new InvalidOperationException($"The text of '{path}' was asked for.");
}
