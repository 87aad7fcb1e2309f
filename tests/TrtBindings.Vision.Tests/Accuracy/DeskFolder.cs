using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The files of one of the desk models, and the annotations that it is measured on.</summary>
internal static class DeskFolder
{
    public static UntypedModel Load(string model) => UntypedModel.Load(Find(model, model + ".onnx"));

    public static string Find(string model, string file) =>
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", model, file);

    /// <summary>A file beside the validation pictures.</summary>
    public static T Truth<T>(string file) => Read<T>(Path.Combine(SampleModels.Validation, file));

    /// <summary>The results of the training script's own decoder for a few pictures.</summary>
    public static ReferenceImage[] Reference(string model) => Read<ReferenceImage[]>(Find(model, "reference.json"));

    private static T Read<T>(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)!;
    }
}
