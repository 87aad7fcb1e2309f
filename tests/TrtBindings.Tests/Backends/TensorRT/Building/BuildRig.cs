using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>A stand-in TensorRT with its parser on a stand-in driver, and a folder for models and a cache.</summary>
internal sealed class BuildRig : IDisposable
{
    private readonly FakeDriver _driver = new();

    /// <param name="major">Major version of the stand-in.</param>
    /// <param name="minor">Minor version of the stand-in.</param>
    /// <param name="parser">Puts the parser beside it.</param>
    /// <param name="prepare">Puts more files into its folder before it is loaded.</param>
    public BuildRig(int major = 10, int minor = 6, bool parser = true, Action<string>? prepare = null)
    {
        Fake = new(major, minor);
        prepare?.Invoke(Fake.Folder);
        Parser = parser ? new(Fake, major, minor) : null!;
        Options = new()
        {
            LibraryPath = Fake.Path, CudaLibraryPath = _driver.Path, CacheFolder = Path.Combine(Folder, "cache"),
        };
        Host = TensorRtHost.Open(new() { TensorRT = Options });
    }

    public TrtStandIn Fake { get; }

    public ParserStandIn Parser { get; }

    public TensorRtHost Host { get; }

    public string DriverPath => _driver.Path;

    public string Folder { get; } = Directory.CreateTempSubdirectory("trtb-build-").FullName;

    /// <summary>The options of the next build.</summary>
    public TensorRtOptions Options { get; set; }

    public RecordingBuildLogger Log { get; } = new();

    /// <summary>Writes a model to a file.</summary>
    public ModelSource Save(string name, OnnxModelBuilder model)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, model.ToBytes());
        return ModelSource.FromFile(path);
    }

    /// <summary>The recipe that loading a model would build with.</summary>
    public EngineRecipe Recipe(ModelSource model, ModelDescription? description = null)
    {
        description ??= model.Describe();
        var signature = new ModelSignature(model.Name, description.Inputs, description.Outputs);
        var options = new ModelOptions { TensorRT = Options }.Snapshot();
        var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        return new(Host, new(model, signature, description, declaration, options));
    }

    public string Build(ModelSource model, Action<BuildProgress>? progress = null, CancellationToken cancellation = default) =>
        Build(Recipe(model), progress, cancellation);

    public string Build(EngineRecipe recipe, Action<BuildProgress>? progress = null, CancellationToken cancellation = default)
    {
        var listener = progress is null ? null : new Listener(progress);
        using var engine = new EngineStore(new(Log)).GetOrBuild(recipe, listener, cancellation);
        return engine.Path;
    }

    public EngineBuildException Refused(ModelSource model, ModelDescription? description = null)
    {
        var error = Should.Throw<EngineBuildException>(() => Build(Recipe(model, description)));
        error.Model.ShouldBe(model.Name);
        error.Message.ShouldNotContain("\n");
        CacheFiles("*.engine").ShouldBeEmpty();
        return error;
    }

    public string[] CacheFiles(string pattern) =>
        Directory.Exists(Options.CacheFolder) ? Directory.GetFiles(Options.CacheFolder!, pattern) : [];

    /// <summary>Drops the builder that is kept for a next build, and checks that objects of these kinds are destroyed.</summary>
    public void ShouldBeClean(params ReadOnlySpan<string> kinds)
    {
        BuilderShelf.Of(Host).Drop();
        Fake.ShouldBeClean(kinds);
    }

    public void Dispose()
    {
        BuilderShelf.Of(Host).Drop();
        Directory.Delete(Folder, recursive: true);
        Fake.Dispose();
        _driver.Dispose();
    }
}
