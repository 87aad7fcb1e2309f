using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.Tests.Interop.TensorRT.Discovery;

/// <summary>A folder that plays a machine: empty files with TensorRT's names.</summary>
public abstract class DiscoveryFixture : IDisposable
{
    private protected string Root { get; } = Directory.CreateTempSubdirectory("trtb-root-").FullName;

    private protected Dictionary<string, string> Variables { get; } = [];

    private protected static TrtFileNames Linux { get; } = new(Windows: false);

    /// <summary>The full path of a place on the machine.</summary>
    private protected string At(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>Creates files in a folder of the machine.</summary>
    private protected string Put(string folder, params string[] files)
    {
        var full = Directory.CreateDirectory(At(folder)).FullName;
        foreach (var file in files) File.WriteAllText(Path.Combine(full, file), "");
        return full;
    }

    /// <summary>Creates a link in a folder of the machine.</summary>
    private protected void Link(string path, string target)
    {
        Skip.If(OperatingSystem.IsWindows(), "TensorRT has no links on Windows, and making one takes a right of its own there.");
        File.CreateSymbolicLink(At(path), target);
    }

    private protected TrtInstallation Locate(string? requested = null, Func<string, string?>? loader = null) =>
        Locator(loader).Locate(requested);

    private protected TrtLibraryLocator Locator(Func<string, string?>? loader = null, bool windows = false) => new(
        TrtSearchPlaces.Of(
            windows, windows ? "win-x64" : "linux-x64", Root, At("app"), At("home/me"), Variables.GetValueOrDefault),
        loader ?? (_ => null));

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
