using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// A file as the compiler gives it. The text of a model must never be asked for: weights are not text. A signature is.
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
