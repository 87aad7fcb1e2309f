using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Machine;

/// <summary>A ready engine of the manifest, loaded through the public API with the signature that its .onnx has.</summary>
internal sealed partial class ReadyEngine : IDisposable
{
    private ReadyEngine(ManifestEngine entry, UntypedModel model)
    {
        Entry = entry;
        Model = model;
    }

    public ManifestEngine Entry { get; }

    public UntypedModel Model { get; }

    /// <summary>Loads it; skips the test where this machine cannot run it or the data are missing.</summary>
    /// <param name="name">Its name in the manifest.</param>
    /// <param name="options">More options of TensorRT.</param>
    /// <param name="logger">Gets TensorRT's lines.</param>
    public static ReadyEngine Load(string name, TensorRtOptions? options = null, ILogger? logger = null)
    {
        var entry = Require(name);
        return new(entry, UntypedModel.Load(entry.ModelPath(), Options(entry, options, logger)));
    }

    /// <summary>An engine's entry; skips the test where this machine cannot run it.</summary>
    public static ManifestEngine Require(string name)
    {
        RequireMachine();
        return Manifest.Require(name);
    }

    /// <summary>Skips the test where this machine cannot run ready engines.</summary>
    public static void RequireMachine()
    {
        GpuMachine.Require();
        var manifest = Manifest.Require();
        var (device, version) = (GpuMachine.Cuda.DeviceAt(0), TrtLibrary.Load(GpuMachine.Installation.Library).Version);
        var built = BuiltVersion().Match(manifest.BuiltWith).Groups["version"].Value;
        var here = $"{version.Major}.{version.Minor}.{version.Patch}";
        Skip.IfNot(here == built, $"The ready engines are of TensorRT {built}, and this machine has {here}.");
        int[] capability = [device.ComputeMajor, device.ComputeMinor];
        Skip.IfNot(capability.SequenceEqual(manifest.ComputeCapability),
            $"The ready engines are for compute capability {string.Join('.', manifest.ComputeCapability)}.");
    }

    /// <summary>Options that load an engine's file on TensorRT and nowhere else.</summary>
    public static ModelOptions Options(ManifestEngine entry, TensorRtOptions? options = null, ILogger? logger = null) =>
        ModelOptions.Require(BackendKind.TensorRT) with
        {
            Logger = logger,
            TensorRT = (options ?? new()) with
            {
                EngineFile = entry.PlanPath(),
                VersionCompatible = entry.Flags?.Contains("VERSION_COMPATIBLE") == true,
            },
        };

    /// <summary>Inputs with room for shapes.</summary>
    public UntypedModel.Inputs Inputs(IReadOnlyDictionary<string, long[]> shapes)
    {
        foreach (var tensor in Model.Signature.Inputs.Where(tensor => !tensor.Shape.IsRanked))
            Model.SetUnrankedShape(tensor.Name, shapes[tensor.Name]);
        return Model.CreateInputs(Dimensions(shapes));
    }

    /// <summary>Outputs with room for inputs of these shapes, as far as the file says.</summary>
    public UntypedModel.Outputs Outputs(IReadOnlyDictionary<string, long[]> shapes)
    {
        var values = Dimensions(shapes);
        return Model.CreateOutputs(
            [.. Model.Signature.OutputDimensions.Select(shared => values[Model.Signature.IndexOfInputDimension(shared)])]);
    }

    /// <summary>Values of the signature's input dimensions.</summary>
    public long[] Dimensions(IReadOnlyDictionary<string, long[]> shapes) =>
        [.. Model.Signature.InputDimensions.Select(
            dimension => shapes[Model.Signature.Inputs[dimension.Input].Name][dimension.Axis])];

    public void Dispose() => Model.Dispose();

    [GeneratedRegex(@"TensorRT (?<version>\d+\.\d+\.\d+)")]
    private static partial Regex BuiltVersion();
}
