namespace TrtBindings.Generators.Tests;

/// <summary>A folder of model files for one test.</summary>
internal sealed class ModelFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("trtb-").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    public string Add(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes a model and gives its path.</summary>
    public string Add(string name, TestSupport.OnnxModelBuilder model) => Add(name, model.ToBytes());

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
