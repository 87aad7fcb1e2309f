using Microsoft.Extensions.Logging;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>A model, options and a folder that goes with it.</summary>
internal sealed class OneBuild : IDisposable
{
    /// <summary>A model of the manifest, with the options that its engine was built with there.</summary>
    public OneBuild(string name)
    {
        GpuMachine.RequireBuilder();
        Model = Manifest.Require(name).ModelPath();
        Options = ManifestBuild.Options(Manifest.Require(name), Folder);
    }

    /// <summary>A model of our own that is built in no time: y = relu(x).</summary>
    public OneBuild()
    {
        GpuMachine.RequireBuilder();
        Model = SmallModel;
        Options = ManifestBuild.AnyOptions(Model, Folder);
    }

    /// <summary>Its file.</summary>
    public static string SmallModel => ModelSource.Find(Filter.CompiledSignature, typeof(Filter).Assembly).Path!;

    public string Folder { get; } = ManifestBuild.NewFolder();

    public string Model { get; set; }

    public TensorRtOptions Options { get; set; }

    public BuiltEngine Run(ILogger? logger = null) =>
        UntypedModel.BuildEngine(Model, new ModelOptions { TensorRT = Options, Logger = logger });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
