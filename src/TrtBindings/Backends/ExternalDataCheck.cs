using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Backends;

/// <summary>Checks that the files with a model's weights exist before a backend reads them.</summary>
internal static class ExternalDataCheck
{
    /// <exception cref="ModelFileException">A file is missing, too short, or outside the model's folder.</exception>
    public static void Check(ModelSource source, ModelDescription description)
    {
        foreach (var reference in description.ExternalData)
        {
            if (source.Path is null)
            {
                throw new ModelFileException(source.Name, $"The model in memory keeps weights in '{reference.Location}', "
                    + "which bytes alone cannot reach. Use Load(path), or save the model as one file.");
            }

            Check(source.Path, reference);
        }
    }

    private static void Check(string model, ExternalDataReference reference)
    {
        if (ExternalDataPath.Find(model, reference.Location) is not { } path)
        {
            throw new ModelFileException(model, $"'{model}' points at external data outside its own folder: "
                + $"'{reference.Location}'. Such a model is refused; save it with relative external data.");
        }

        if (ExternalDataPath.LengthOf(path) is not { } length)
        {
            throw new ModelFileException(model, $"'{model}' keeps weights in '{reference.Location}', and there is no such "
                + $"file. Expected: {path}. Copy it beside the model.", [path]);
        }

        if (length < reference.RequiredLength)
        {
            throw new ModelFileException(model, $"'{path}', which holds weights of '{model}', has {length:N0} bytes; "
                + $"the model needs {reference.RequiredLength:N0}. The copy is incomplete or of another model.", [path]);
        }
    }
}
