using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// Builder, network, profile and configuration: what is set is read back, flag by flag; then an identity network of [-1, 3] is
/// built. Needs the builder resource of the library: <see cref="TrtBuilderResource.Use"/> goes before it.
/// </summary>
internal sealed unsafe class BuilderSmoke(TrtLibrary library, SmokeReport report)
{
    /// <summary>The input of the engine that is built.</summary>
    public const string Input = "smoke_in";

    /// <summary>The output of the engine that is built.</summary>
    public const string Output = "smoke_out";

    private const long Width = 3;

    /// <summary>Asks everything.</summary>
    /// <param name="library">A complete TensorRT; the GPU, if there is one, is current now.</param>
    /// <param name="report">Gets the answers.</param>
    /// <returns>The engine that was built; <see langword="null"/> where something before it went wrong.</returns>
    public static byte[]? Run(TrtLibrary library, SmokeReport report) => new BuilderSmoke(library, report).Run();

    private byte[]? Run()
    {
        using var builder = report.Make("createInferBuilder", () => TrtBuilder.Create(library));
        if (builder is null) return null;
        report.True("IBuilder.getMaxThreads", () => builder.MaxThreads >= 1);
        report.Does("IBuilder.setMaxThreads", () => builder.SetMaxThreads(2));
        report.Equal("IBuilder.getMaxThreads after it", 2, () => builder.MaxThreads);
        using var network = report.Make("createNetworkV2", () => builder.CreateNetworkV2(TrtNetworkFlag.StronglyTyped));
        using var config = report.Make("createBuilderConfig", builder.CreateBuilderConfig);
        using var profile = report.Make("createOptimizationProfile", builder.CreateOptimizationProfile);
        if (network is null || config is null || profile is null || !AskNetwork(network)) return null;
        AskConfig(config);
        AskProfile(profile, config);
        byte[]? plan = null;
        report.True("isNetworkSupported", () => builder.IsNetworkSupported(network, config));
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
        var bit = library.Version.Major == 10 ? 2u : 1u;
        report.Equal("INetworkDefinition.getFlags", bit, () => network.Flags & bit);
        report.Does("INetworkDefinition.setName", () => network.Name = "smoke");
        report.Equal("INetworkDefinition.getName", "smoke", () => network.Name);
        var input = report.Make("addInput", () => network.AddInput(Input, TrtDataType.Float, new(-1, Width)));
        if (input is null) return false;
        report.Equal("getNbInputs", 1, () => network.NbInputs);
        report.Equal("getInput(0)", input.Raw, () => network.GetInput(0).Raw);
        report.Equal("ITensor.getName", Input, () => input.Name);
        report.Equal("ITensor.getType", TrtDataType.Float, () => input.Type);
        report.Equal("ITensor.getLocation", TrtTensorLocation.Device, () => input.Location);
        report.Same("ITensor.getDimensions", [-1, Width], () => input.Dimensions.ToArray());
        report.True("isNetworkInput", () => input.IsNetworkInput);
        report.Equal("isNetworkOutput of the input", false, () => input.IsNetworkOutput);
        report.Equal("isShapeTensor", false, () => input.IsShapeTensor);
        report.Does("setDimensionName", () => input.SetDimensionName(0, "n"));
        report.Equal("getDimensionName", "n", () => input.GetDimensionName(0));
        report.Does("setDimensionName to none", () => input.SetDimensionName(0, null));
        report.True("getDimensionName after it", () => string.IsNullOrEmpty(input.GetDimensionName(0)));
        report.Does("setAllowedFormats", () => input.SetAllowedFormats(TrtTensorFormat.Linear));
        report.Does("addIdentity", () => AddIdentity(network, input));
        report.Equal("getNbLayers", 1, () => network.NbLayers);
        if (report.Make("getLayer", () => network.GetLayer(0)) is not { } layer) return false;
        report.Equal("ILayer.getNbInputs", 1, () => layer.NbInputs);
        report.Equal("ILayer.getNbOutputs", 1, () => layer.NbOutputs);
        report.Equal("ILayer.getInput", input.Raw, () => layer.GetInput(0)!.Raw);
        report.True("ILayer.getName", () => layer.Name.Length > 0);
        if (report.Make("ILayer.getOutput", () => layer.GetOutput(0)!) is not { } output) return false;
        report.Does("ITensor.setName", () => output.Name = Output);
        report.Does("markOutput", () => network.MarkOutput(output));
        report.Does("unmarkOutput", () => network.UnmarkOutput(output));
        report.Equal("getNbOutputs after it", 0, () => network.NbOutputs);
        report.Does("markOutput again", () => network.MarkOutput(output));
        report.Equal("getNbOutputs", 1, () => network.NbOutputs);
        report.Equal("getOutput(0)", Output, () => network.GetOutput(0).Name);
        return true;
    }

    private void AskConfig(TrtBuilderConfig config)
    {
        foreach (var flag in Enum.GetValues<TrtBuilderFlag>().Where(IsIn))
        {
            // That one is refused without this one.
            var needs = flag == TrtBuilderFlag.ExcludeLeanRuntime ? TrtBuilderFlag.VersionCompatible : flag;
            report.Does($"setFlag and clearFlag {flag}", () =>
            {
                if (needs != flag) config.SetFlag(needs);
                config.SetFlag(flag);
                if (!config.GetFlag(flag)) throw new InvalidOperationException("getFlag answers false after setFlag");
                if ((config.Flags >> TrtFlagNumbers.Of(flag, library.Version) & 1) == 0)
                    throw new InvalidOperationException("getFlags does not have the flag");
                config.SetFlag(flag, on: false);
                if (needs != flag) config.SetFlag(needs, on: false);
            });
        }

        report.Does("setMemoryPoolLimit", () => config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, 1 << 26));
        report.Equal("getMemoryPoolLimit", 1 << 26, () => config.GetMemoryPoolLimit(TrtMemoryPoolType.Workspace));
        report.Does("setBuilderOptimizationLevel", () => config.BuilderOptimizationLevel = 1);
        report.Equal("getBuilderOptimizationLevel", 1, () => config.BuilderOptimizationLevel);
        report.Does("setProfilingVerbosity", () => config.SetProfilingVerbosity(TrtProfilingVerbosity.Detailed));
        report.Does("setMaxAuxStreams", () => config.SetMaxAuxStreams(0));
        report.Does("setHardwareCompatibilityLevel", () => config.SetHardwareCompatibilityLevel(default));
        report.Equal("getNbOptimizationProfiles", 0, () => config.NbOptimizationProfiles);
    }

    private void AskProfile(TrtOptimizationProfile profile, TrtBuilderConfig config)
    {
        var (name, selectors) = (new TrtName(Input), Enum.GetValues<TrtOptProfileSelector>());
        report.True("getDimensions before any is set", () => !profile.GetDimensions(name, default).IsValid);
        foreach (var select in selectors)
            report.Does($"setDimensions {select}", () => profile.SetDimensions(name, select, new(1L << (int)select, Width)));
        foreach (var select in selectors)
            report.Same($"getDimensions {select}", [1L << (int)select, Width],
                () => profile.GetDimensions(name, select).ToArray());
        report.Does("setExtraMemoryTarget", () => profile.SetExtraMemoryTarget(0.5f));
        report.Equal("getExtraMemoryTarget", 0.5f, () => profile.ExtraMemoryTarget);
        report.True("isValid", () => profile.IsValid);
        report.Equal("addOptimizationProfile", 0, () => config.AddOptimizationProfile(profile));
        report.Equal("getNbOptimizationProfiles after it", 1, () => config.NbOptimizationProfiles);
    }

    /// <summary>Whether the loaded version has a flag: they came with 10.0, 10.6, 10.8 and 10.12 or before.</summary>
    private bool IsIn(TrtBuilderFlag flag)
    {
        if (library.Version.Major > 10) return TrtFlagNumbers.Has(flag, library.Version);
        return flag <= TrtBuilderFlag.WeightStreaming
            || (flag <= TrtBuilderFlag.MonitorMemory && library.Version.Minor >= 6)
            || (flag <= TrtBuilderFlag.EditableTimingCache && library.Version.Minor >= 8)
            || library.Version.Minor >= 12;
    }

    /// <summary>The product adds layers through the parser alone, so that this one is called by its slot here.</summary>
    private void AddIdentity(TrtNetwork network, TrtTensor input)
    {
        var implementation = ((nint*)network.Raw)[1];
        var entry = (*(nint**)implementation)[library.Slots.SlotOf("VNetworkDefinition", "addIdentity")];
        var layer = ((delegate* unmanaged[MemberFunction]<nint, nint, nint>)entry)(implementation, input.Raw);
        if (layer == 0) throw new InvalidOperationException("answers null");
    }
}
