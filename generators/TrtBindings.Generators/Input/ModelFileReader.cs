namespace TrtBindings.Generators;

/// <summary>Reads a model file, weights aside. Whatever is wrong with it becomes a diagnostic.</summary>
internal static class ModelFileReader
{
    public static ModelFile Read(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Analyzers are asked to leave files alone, because the compiler tracks what they read through GetText.
            // GetText on weights fails or costs hundreds of megabytes; the AdditionalText's identity is the change signal.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            var description = OnnxModelReader.Read(stream);
            return new(path, description, new([.. TooLarge(path, stream.Length), .. ExternalDataCheck.Check(path, description)]));
        }
        catch (OnnxFormatException e)
        {
            // The reader recognizes files that are something else, and then says what to do.
            return Failed(path, e.InnerException is OnnxFormatException
                ? DiagnosticInfo.Of(Descriptors.NotAModel, path, e.Reason)
                : DiagnosticInfo.Of(Descriptors.Damaged, path, e.Reason, Literals.Number(e.Offset)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(path, DiagnosticInfo.Of(Descriptors.FileUnreadable, path, Sentence(e.Message)));
        }
    }

    /// <summary>The limit of the format that .onnx files are in; weights in other files do not count.</summary>
    private static DiagnosticInfo[] TooLarge(string path, long length) => length > int.MaxValue
        ? [DiagnosticInfo.Of(Descriptors.TooLarge, path, Literals.Number(length))]
        : [];

    private static ModelFile Failed(string path, DiagnosticInfo diagnostic) => new(path, null, new([diagnostic]));

    private static string Sentence(string text) => text.EndsWith(".", StringComparison.Ordinal) ? text : text + ".";
}
