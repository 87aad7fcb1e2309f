using Google.Protobuf;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>A folder that a test fills and that is gone after it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("graphs-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    public string Write(string name, ModelProto model)
    {
        File.WriteAllBytes(this[name], model.ToByteArray());
        return this[name];
    }

    public string[] Files() => [.. Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName).Order()!];

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
