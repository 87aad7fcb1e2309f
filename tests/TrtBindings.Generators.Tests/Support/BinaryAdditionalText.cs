using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>A model as the compiler gives it. Its text must never be asked for: weights are not text.</summary>
internal sealed class BinaryAdditionalText(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException($"The text of '{path}' was asked for.");
}
