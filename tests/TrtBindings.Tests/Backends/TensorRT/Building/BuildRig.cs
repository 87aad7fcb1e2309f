using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>A stand-in TensorRT with its parser on a stand-in driver, and a folder for models and a cache.</summary>
internal sealed class BuildRig : IDisposable
{
    private readonly FakeDriver _driver = new();

    /// <param name="major">The version to play.</param>
    /// <param name="minor">The version to play.</param>
    /// <param name="parser">Whether the parser lies beside it.</param>
    /// <param name="prepare">What else shall lie there before it is loaded.</param>
    public BuildRig(int major = 10, int minor = 6, bool parser = true, Action<string>? prepare = null)
    {
        Fake = new(major, minor);
        prepare?.Invoke(Fake.Folder);
        Parser = parser ? new(Fake, major, minor) : null!;
        Host = TensorRtHost.Open(new(Fake.Path, _driver.Path, 0, null, []));
        Settings = new() { CacheFolder = Path.Combine(Folder, "cache") };
    }

    public TrtStandIn Fake { get; }

    public ParserStandIn Parser { get; }

    public TensorRtHost Host { get; }

    public string DriverPath => _driver.Path;

    public string Folder { get; } = Directory.CreateTempSubdirectory("trtb-build-").FullName;

    public BuildSettings Settings { get; set; }

    public RecordingBuildLogger Log { get; } = new();

    /// <summary>A profile of one input.</summary>
    public static BuildProfile Profile(string input, long[] min, long[] opt, long[] max) => new([new(input, min, opt, max)]);

    /// <summary>A model in a file, as the product describes it to a build.</summary>
    public ModelContent Save(string name, OnnxModelBuilder model)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, model.ToBytes());
        using var stream = File.OpenRead(path);
        var description = OnnxModelReader.Read(stream);
        return new(path, path, default,
            [.. description.ExternalData.Select(file => new ExternalFile(file.Location, Path.Combine(Folder, file.Location)))])
        {
            Inputs = [.. description.Inputs],
        };
    }

    public string Build(ModelContent model, Action<BuildStep>? progress = null, CancellationToken cancellation = default) =>
        new EngineStore(Log).Build(Host, model, Settings, progress, cancellation);

    public EngineBuildException Refused(ModelContent model)
    {
        var error = Should.Throw<EngineBuildException>(() => Build(model));
        error.Model.ShouldBe(model.Name);
        error.Message.ShouldNotContain("\n");
        CacheFiles("*.engine").ShouldBeEmpty();
        return error;
    }

    public string[] CacheFiles(string pattern) =>
        Directory.Exists(Settings.CacheFolder) ? Directory.GetFiles(Settings.CacheFolder!, pattern) : [];

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        Fake.Dispose();
        _driver.Dispose();
    }
}
