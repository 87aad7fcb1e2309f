using TrtBindings.Generators.Emit;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Spec;

namespace TrtBindings.Generators;

/// <summary>The generator's steps from model files to the text of their classes, for programs without a compiler.</summary>
internal static class ModelClasses
{
    /// <summary>Writes the classes of a project. A model with a fault that prevents its class is passed over.</summary>
    /// <param name="rootNamespace">The project's root namespace.</param>
    /// <param name="langVersion">The project's C#. For one that is too old there are no classes.</param>
    /// <param name="models">Path, path below the program's folder, and metadata of each item.</param>
    public static IEnumerable<GeneratedSource> Of(
        string rootNamespace, string langVersion,
        IEnumerable<(string Path, string TargetPath, Func<string, string?> Metadata)> models)
    {
        if (ProjectSpec.IsTooOldVersion(langVersion)) return [];
        var items = models.Select(model => new ModelItem(
            ModelFileReader.Read(model.Path, CancellationToken.None), model.TargetPath, ItemMetadata.Of(model.Metadata)));
        return ModelNames.Assign(new([.. items]), ProjectSpec.Of(rootNamespace)).Select(Specifier.Specify)
            .Where(specification => specification.Model is not null)
            .Select(specification => Emission.Of(specification.Model!, specification.Path).Source)
            .OfType<GeneratedSource>();
    }
}
