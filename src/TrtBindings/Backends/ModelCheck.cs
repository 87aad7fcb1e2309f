namespace TrtBindings.Backends;

/// <summary>Checks that a file is the model that a class was compiled for.</summary>
internal static class ModelCheck
{
    /// <summary>Reads the file's description. Of an engine it has the metadata only; the rest is the compiled one.</summary>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="EngineFileException">The file is missing or not an engine.</exception>
    /// <exception cref="SignatureMismatchException">It is another model than the compiled one.</exception>
    public static ModelDescription Describe(ModelSignature signature, ModelSource source)
    {
        var file = source.Describe();
        var difference = source.IsEngine ? signature.FirstEngineDifference(file) : signature.FirstDifference(file);
        if (difference is not null) throw new SignatureMismatchException(source.Name, difference);
        return source.IsEngine ? file with { Inputs = signature.Inputs, Outputs = signature.Outputs } : file;
    }
}
