using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Input;

/// <summary>Reads a model file without its weights. Every fault becomes a diagnostic.</summary>
internal static class ModelFileReader
{
    public static ModelFile Read(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Analyzers should read files through GetText, so that the compiler can track them. GetText on weights fails or costs
            // hundreds of megabytes; the identity of the AdditionalText is the change signal instead.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            var description = OnnxModelReader.Read(stream);
            return new(path, description, new([.. TooLarge(path, stream.Length), .. ExternalDataCheck.Check(path, description)]));
        }
        catch (OnnxFormatException e)
        {
            // For a file of another kind the reader's message says what to do.
            return Failed(path, e.InnerException is OnnxFormatException
                ? DiagnosticInfo.Of(Descriptors.NotAModel, path, e.Reason)
                : DiagnosticInfo.Of(Descriptors.Damaged, path, e.Reason, Literals.Number(e.Offset)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(path, DiagnosticInfo.Of(Descriptors.FileUnreadable, path, Sentence(e.Message)));
        }
    }

    /// <summary>Protobuf's limit for one file; weights in other files do not count.</summary>
    private static DiagnosticInfo[] TooLarge(string path, long length) => length > int.MaxValue
        ? [DiagnosticInfo.Of(Descriptors.TooLarge, path, Literals.Number(length))]
        : [];

    private static ModelFile Failed(string path, DiagnosticInfo diagnostic) => new(path, null, new([diagnostic]));

    private static string Sentence(string text) => text.EndsWith(".", StringComparison.Ordinal) ? text : text + ".";
}
