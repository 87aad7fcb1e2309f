namespace TrtBindings.Backends;

/// <summary>Checks that a file is the model that a class was compiled for.</summary>
internal static class ModelCheck
{
    /// <summary>Reads the file's description. Of an engine it has the metadata only; the rest is the compiled one.</summary>
    /// <param name="signature">The compiled model.</param>
    /// <param name="source">The file.</param>
    /// <param name="hasNewWeights">Whether a file that was converted from another model of the signature is wanted.</param>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="EngineFileException">The file is missing or not an engine.</exception>
    /// <exception cref="SignatureMismatchException">It is another model than the compiled one.</exception>
    public static ModelDescription Describe(ModelSignature signature, ModelSource source, bool hasNewWeights = false)
    {
        var file = source.Describe();
        var difference = source.IsEngine ? signature.FirstEngineDifference(file)
            : signature.FirstDifference(file) ?? SourceDifference(hasNewWeights ? "" : signature.Declaration.SourceHash, file);
        if (difference is not null) throw new SignatureMismatchException(source.Name, difference);
        return source.IsEngine ? file with { Inputs = signature.Inputs, Outputs = signature.Outputs } : file;
    }

    /// <summary>
    /// A file that a conversion made names its source. One that names none is the source itself, or another model of the same
    /// signature, which may always take its place.
    /// </summary>
    private static string? SourceDifference(string compiled, ModelDescription file)
    {
        var found = file.FindMetadata("trtbindings.source_sha256");
        if (compiled.Length == 0 || found is null || found == compiled) return null;
        return $"the build converted the model with SHA-256 {compiled}, and this file was made"
            + (file.FindMetadata("trtbindings.precision") is { } precision ? $" as {precision}" : "")
            + $" from '{file.FindMetadata("trtbindings.source")}' with SHA-256 {found}.";
    }
}
