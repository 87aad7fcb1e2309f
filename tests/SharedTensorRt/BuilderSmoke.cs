using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// Builder, network, profile and configuration: all settings are read back, flag by flag, and an identity network of [-1, 3] is
/// built. It needs the builder resource of the library: call <see cref="TrtLibrary.UseBuilderResource"/> before.
/// </summary>
internal sealed class BuilderSmoke(TrtLibrary library, SmokeReport report)
{
    /// <summary>The input of the engine that is built.</summary>
    public const string Input = "smoke_in";

    /// <summary>The output of the engine that is built.</summary>
    public const string Output = "smoke_out";

    private const long Width = 3;

    private const string Config = "VBuilderConfig";
    private const string Network = "VNetworkDefinition";
    private const string Tensor = "VTensor";
    private const string Profile = "VOptimizationProfile";

    /// <summary>Runs all checks.</summary>
    /// <param name="library">A complete TensorRT; the GPU, if there is one, is current now.</param>
    /// <param name="report">Gets the answers.</param>
    /// <returns>The engine; <see langword="null"/> if it could not be built.</returns>
    public static byte[]? Run(TrtLibrary library, SmokeReport report) => new BuilderSmoke(library, report).Run();

    private TrtSlotTable Slots => library.Slots;

    private byte[]? Run()
    {
        using var builder = report.Make("createInferBuilder", () => TrtBuilder.Create(library));
        if (builder is null) return null;
        report.True("IBuilder.getMaxThreads", () => Int("VBuilder", builder.Raw, "getMaxThreads") >= 1);
        report.True("IBuilder.setMaxThreads", () => Bool("VBuilder", builder.Raw, "setMaxThreads", 2));
        report.Equal("IBuilder.getMaxThreads after it", 2, () => Int("VBuilder", builder.Raw, "getMaxThreads"));
        using var network = report.Make("createNetworkV2",
            () => builder.CreateNetworkV2(TrtNetworkDefinitionCreationFlag.StronglyTyped));
        using var config = report.Make("createBuilderConfig", builder.CreateBuilderConfig);
        using var profile = report.Make("createOptimizationProfile", builder.CreateOptimizationProfile);
        if (network is null || config is null || profile is null || !AskNetwork(network)) return null;
        AskConfig(config);
        AskProfile(profile, config);
        byte[]? plan = null;
        report.True("isNetworkSupported", () => Bool("VBuilder", builder.Raw, "isNetworkSupported", network.Raw, config.Raw));
        report.Does("buildSerializedNetwork", () =>
        {
            using var memory = builder.BuildSerializedNetwork(network, config);
            using var stream = memory.OpenRead();
            plan = new byte[memory.Size];
            stream.ReadExactly(plan);
        });
        return plan;
    }

    private bool AskNetwork(TrtNetwork network)
    {
        var bit = 1 << TrtReleases.NumberOf(TrtNetworkDefinitionCreationFlag.StronglyTyped, library.Version.Major);
        report.Equal("INetworkDefinition.getFlags", bit, () => Int(Network, network.Raw, "getFlags") & bit);
        report.Does("INetworkDefinition.setName", () => SlotCalls.SetText(Slots, Network, network.Raw, "setName", "smoke"));
        report.Equal("INetworkDefinition.getName", "smoke", () => SlotCalls.Text(Slots, Network, network.Raw, "getName"));
        var input = report.Make("addInput", () => network.AddInput(Input, TrtDataType.Float, new(-1, Width)));
        if (input is null) return false;
        report.Equal("getNbInputs", 1, () => network.NbInputs);
        report.Equal("getInput(0)", input.Raw, () => network.GetInput(0).Raw);
        report.Equal("ITensor.getName", Input, () => input.Name);
        report.Equal("ITensor.getType", TrtDataType.Float, () => input.Type);
        report.Equal("ITensor.getLocation", (int)TrtTensorLocation.Device, () => Int(Tensor, input.Raw, "getLocation"));
        report.Same("ITensor.getDimensions", [-1, Width], () => input.Dimensions.ToArray());
        report.True("isNetworkInput", () => Bool(Tensor, input.Raw, "isNetworkInput"));
        report.Equal("isNetworkOutput of the input", false, () => Bool(Tensor, input.Raw, "isNetworkOutput"));
        report.Equal("isShapeTensor", false, () => input.IsShapeTensor);
        report.Does("addIdentity and markOutput", () => SlotCalls.AddIdentityOutput(network, input, Output));
        report.Equal("getNbLayers", 1, () => Int(Network, network.Raw, "getNbLayers"));
        var layer = SlotCalls.Word(Slots, Network, network.Raw, "getLayer");
        report.Equal("ILayer.getNbInputs", 1, () => Int("VLayer", layer, "getNbInputs"));
        report.Equal("ILayer.getNbOutputs", 1, () => Int("VLayer", layer, "getNbOutputs"));
        report.Equal("ILayer.getInput", input.Raw, () => SlotCalls.Word(Slots, "VLayer", layer, "getInput"));
        report.True("ILayer.getName", () => SlotCalls.Text(Slots, "VLayer", layer, "getName").Length > 0);
        var output = SlotCalls.Word(Slots, "VLayer", layer, "getOutput");
        report.Does("unmarkOutput", () => SlotCalls.Word(Slots, Network, network.Raw, "unmarkOutput", output));
        report.Equal("getNbOutputs after it", 0, () => Int(Network, network.Raw, "getNbOutputs"));
        report.Does("markOutput again", () => SlotCalls.Word(Slots, Network, network.Raw, "markOutput", output));
        report.Equal("getNbOutputs", 1, () => Int(Network, network.Raw, "getNbOutputs"));
        report.Equal("getOutput(0)", output, () => SlotCalls.Word(Slots, Network, network.Raw, "getOutput"));
        report.Equal("ITensor.getName of the output", Output, () => SlotCalls.Text(Slots, Tensor, output, "getName"));
        return true;
    }

    private void AskConfig(TrtBuilderConfig config)
    {
        foreach (var flag in Enum.GetValues<TrtBuilderFlag>().Where(flag => TrtReleases.Has(flag, library.Version)))
        {
            // ExcludeLeanRuntime is refused unless VersionCompatible is set.
            var needs = flag == TrtBuilderFlag.ExcludeLeanRuntime ? TrtBuilderFlag.VersionCompatible : flag;
            report.Does($"setFlag and clearFlag {flag}", () =>
            {
                if (needs != flag) config.SetFlag(needs);
                config.SetFlag(flag);
                if (!config.GetFlag(flag)) throw new InvalidOperationException("getFlag answers false after setFlag");
                if ((Int(Config, config.Raw, "getFlags") >> TrtFlagNumbers.Of(flag, library.Version) & 1) == 0)
                    throw new InvalidOperationException("getFlags does not have the flag");
                config.SetFlag(flag, on: false);
                if (needs != flag) config.SetFlag(needs, on: false);
            });
        }

        report.Does("setMemoryPoolLimit", () => config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, 1 << 26));
        report.Equal("getMemoryPoolLimit", 1 << 26, () => config.GetMemoryPoolLimit(TrtMemoryPoolType.Workspace));
        report.Does("setBuilderOptimizationLevel", () => config.SetBuilderOptimizationLevel(1));
        report.Equal("getBuilderOptimizationLevel", 1, () => Int(Config, config.Raw, "getBuilderOptimizationLevel"));
        report.Does("setMaxAuxStreams", () => SlotCalls.Word(Slots, Config, config.Raw, "setMaxAuxStreams"));
        report.Does("setHardwareCompatibilityLevel", () => config.SetHardwareCompatibilityLevel(default));
        report.Equal("getNbOptimizationProfiles", 0, () => Int(Config, config.Raw, "getNbOptimizationProfiles"));
    }

    private void AskProfile(TrtOptimizationProfile profile, TrtBuilderConfig config)
    {
        var (name, selectors) = (new TrtName(Input), Enum.GetValues<TrtOptProfileSelector>());
        foreach (var select in selectors)
            report.Does($"setDimensions {select}", () => profile.SetDimensions(name, select, new(1L << (int)select, Width)));
        report.True("setExtraMemoryTarget",
            () => SlotCalls.SetFloats(Slots, Profile, profile.Raw, "setExtraMemoryTarget", 0.5f));
        report.Equal("getExtraMemoryTarget", 0.5f,
            () => SlotCalls.Float(Slots, Profile, profile.Raw, "getExtraMemoryTarget"));
        report.True("isValid", () => Bool(Profile, profile.Raw, "isValid"));
        report.Equal("addOptimizationProfile", 0, () => config.AddOptimizationProfile(profile));
        report.Equal("getNbOptimizationProfiles after it", 1, () => Int(Config, config.Raw, "getNbOptimizationProfiles"));
    }

    private int Int(string type, nint native, string method) => SlotCalls.Int(Slots, type, native, method);

    private bool Bool(string type, nint native, string method, nint first = 0, nint second = 0) =>
        SlotCalls.Bool(Slots, type, native, method, first, second);
}
