namespace TrtBindings.Cli.Tests;

/// <summary>Models for tests: shipped ones, and small ones in a folder of the test.</summary>
internal sealed class Models : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("trtb-tests-").FullName;

    public static string Shipped(string file) => Path.Combine(TestPaths.RepositoryRoot, "samples", "models", file);

    public static string Picture(string number) => Shipped($"validation/scene-{number}.png");

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public string Write(string name, OnnxModelBuilder model) => Write(name, model.ToBytes());

    /// <summary>y = x + x, float [batch, 3].</summary>
    public string Double(string name = "double.onnx") => Write(name, new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3).Node("Add", ["x", "x"], ["y"]));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
