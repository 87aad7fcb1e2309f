using Microsoft.Extensions.Logging;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>A model, options and a folder that goes with it.</summary>
internal sealed class OneBuild : IDisposable
{
    public OneBuild(string name)
    {
        GpuMachine.RequireBuilder();
        Folder = ManifestBuild.NewFolder();
        Model = Manifest.Require(name).ModelPath();
        Options = ManifestBuild.Options(Manifest.Require(name), Folder);
    }

    public string Folder { get; }

    public string Model { get; set; }

    public TensorRtOptions Options { get; set; }

    public BuiltEngine Run(ILogger? logger = null) =>
        UntypedModel.BuildEngine(Model, new ModelOptions { TensorRT = Options, Logger = logger });

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
