using TrtBindings.TestSupport;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>The models of this repository, and other people's where they are there.</summary>
internal static class AllModels
{
    private const string SharedPrefix = "shared:";

    /// <summary>Other people's files that no reader can take, each with a part of what is said about it.</summary>
    public static readonly (string Name, string Reason)[] Broken =
    [
        ("edge/zero_byte_sceneseg_int8.onnx", "is empty"),
        ("edge/ort__winml_corrupt-model.onnx", "not an .onnx"),
        ("edge/polygraphy__bad_graph_with_dup_value_info.onnx", "two values of the name 'inp'"),
        ("edge/ort__model_with_external_initializer_come_from_user.onnx", "cannot be opened"),
        ("edge/polygraphy__weightless.qdq_conv.onnx", "has 0 bytes of data"),
        ("edge/ort__test_evil_weights.onnx", "cannot be opened"),
    ];

    /// <summary>Paths below samples/models, with forward slashes.</summary>
    public static IEnumerable<string> Own()
    {
        var root = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");
        return Directory.EnumerateFiles(root, "*.onnx", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    /// <summary>Names for <see cref="Find"/> of the models under ../shared/realmodels.</summary>
    public static IEnumerable<string> Others()
    {
        if (TestPaths.FindShared("realmodels") is not { } root) return [SharedPrefix + "absent"];
        return Directory.EnumerateFiles(root, "*.onnx", SearchOption.AllDirectories)
            .Select(path => SharedPrefix + Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
    }

    public static IEnumerable<string> Readable() => Own()
        .Concat(Others().Where(name => Broken.All(one => SharedPrefix + one.Name != name)));

    /// <summary>The full path; skips the test if it is one of ../shared that is not there.</summary>
    public static string Find(string name) => name.StartsWith(SharedPrefix, StringComparison.Ordinal)
        ? Shared.Require("realmodels/" + name[SharedPrefix.Length..])
        : Path.Combine(TestPaths.RepositoryRoot, "samples", "models", name);
}
