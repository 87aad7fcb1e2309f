using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The wrappers for building; <see cref="WrapperTests"/> has those for running.</summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class BuilderWrapperTests : WrapperTestBase
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Builder(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        var fake = Make(library, "VBuilder");
        var builder = TrtBuilder.Create(library);
        HasRecorder(fake, builder);
        var (ofNetwork, ofConfig) = (Fake("VNetworkDefinition"), Fake("VBuilderConfig"));
        TrtNetwork? network = null;
        TrtBuilderConfig? config = null;
        var stronglyTyped = 1 << TrtReleases.NumberOf(TrtNetworkDefinitionCreationFlag.StronglyTyped, library.Version.Major);
        Word(fake, "createNetworkV2", ofNetwork.Address,
            () => network = builder.CreateNetworkV2(TrtNetworkDefinitionCreationFlag.StronglyTyped), stronglyTyped);
        Failing(fake, "createNetworkV2", 0, () => builder.CreateNetworkV2());
        Word(fake, "createBuilderConfig", ofConfig.Address, () => config = builder.CreateBuilderConfig());
        Failing(fake, "createBuilderConfig", 0, () => builder.CreateBuilderConfig());
        Word(fake, "createOptimizationProfile", Fake("VOptimizationProfile").Address,
            () => builder.CreateOptimizationProfile().Dispose());
        Failing(fake, "createOptimizationProfile", 0, () => builder.CreateOptimizationProfile());
        Word(fake, "buildSerializedNetwork", Fake("VHostMemory").Address,
            () => builder.BuildSerializedNetwork(network!, config!).Dispose(), ofNetwork.Address, ofConfig.Address);
        Failing(fake, "buildSerializedNetwork", 0, () => builder.BuildSerializedNetwork(network!, config!));
        Deleted(ofNetwork, network!);
        Deleted(ofConfig, config!);
        Deleted(fake, builder);

        FakeObject Fake(string type) => new(library.Slots, type);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Configuration(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        var slots = builder.Library.Slots;
        var fake = new FakeObject(slots, "VBuilderConfig");
        owner.SetOnly("createBuilderConfig", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        using var config = builder.CreateBuilderConfig();
        var compatible = TrtReleases.NumberOf(TrtBuilderFlag.VersionCompatible, builder.Library.Version.Major);
        Bool(fake, "getFlag", () => config.GetFlag(TrtBuilderFlag.VersionCompatible), compatible);
        fake.SetOnly("setFlag", FakeFunctions.OfWords);
        Flag("setFlag", on: true, compatible);
        Flag("clearFlag", on: false, compatible);
        Word(fake, "setMemoryPoolLimit", 0, () => config.SetMemoryPoolLimit(TrtMemoryPoolType.TacticDram, 1L << 34),
            4, unchecked((nint)(1L << 34)));
        Word(fake, "getMemoryPoolLimit", unchecked((nint)(1L << 34)),
            () => config.GetMemoryPoolLimit(TrtMemoryPoolType.TacticDram).ShouldBe(1L << 34), 4);
        Word(fake, "setBuilderOptimizationLevel", 0, () => config.SetBuilderOptimizationLevel(3), 3);
        Word(fake, "setProfilingVerbosity", 0, () => config.SetProfilingVerbosity(TrtProfilingVerbosity.Detailed), 2);
        Word(fake, "setHardwareCompatibilityLevel", 0,
            () => config.SetHardwareCompatibilityLevel(TrtHardwareCompatibilityLevel.AmperePlus), 1);
        Plugins(fake, config);
        var profile = Profile(builder, owner, slots);
        Word(fake, "addOptimizationProfile", 1, () => config.AddOptimizationProfile(profile).ShouldBe(1), profile.Raw);
        Failing(fake, "addOptimizationProfile", -1, () => config.AddOptimizationProfile(profile));
        using var monitor = new TrtProgressMonitor(slots, new FailingProgress());
        Word(fake, "setProgressMonitor", 0, () => config.SetProgressMonitor(monitor), monitor.Raw);
        Word(fake, "setProgressMonitor", 0, () => config.SetProgressMonitor(null), 0);
        if (TrtReleases.Has(TrtFeature.Int8Calibration, builder.Library.Version)) Calibration(fake, config, profile);
        Cache(fake, config);

        void Flag(string method, bool on, int number)
        {
            fake.SetOnly(method, FakeFunctions.OfWords);
            // The flag is read back after the call, which must not count as the call under test.
            fake.Set("getFlag", Constant.Give(on ? True : False));
            config.SetFlag(TrtBuilderFlag.VersionCompatible, on);
            ((int)FakeFunctions.Last!.Arguments[0]).ShouldBe(number);
            Covered.Add((fake.Type, method));
            fake.Set("getFlag", Constant.Give(on ? False : True));
            Should.Throw<TensorRtException>(() => config.SetFlag(TrtBuilderFlag.VersionCompatible, on));
        }
    }

    private static TrtOptimizationProfile Profile(TrtBuilder builder, FakeObject owner, TrtSlotTable slots)
    {
        owner.SetOnly("createOptimizationProfile", FakeFunctions.OfWords);
        FakeFunctions.Word = new FakeObject(slots, "VOptimizationProfile").Address;
        return builder.CreateOptimizationProfile();
    }

    private static void Plugins(FakeObject fake, TrtBuilderConfig config)
    {
        string?[] seen = [];
        Looking(
            words => seen = Array.ConvertAll(
                new ReadOnlySpan<nint>((void*)words[0], (int)words[1]).ToArray(), text => Marshal.PtrToStringUTF8(text)),
            () => Word(fake, "setPluginsToSerialize", 0, () => config.SetPluginsToSerialize("/a", "/ü")));
        seen.ShouldBe(["/a", "/ü"]);
    }

    private static void Calibration(FakeObject fake, TrtBuilderConfig config, TrtOptimizationProfile profile)
    {
        using var calibrator = new TrtInt8Calibrator(config.Library.Slots, new EmptyCalibration());
        Word(fake, "setInt8Calibrator", 0, () => config.SetInt8Calibrator(calibrator), calibrator.Raw);
        Word(fake, "setInt8Calibrator", 0, () => config.SetInt8Calibrator(null), 0);
        Check(fake, "setCalibrationProfile", () => config.SetCalibrationProfile(profile), profile.Raw);
    }

    private static void Cache(FakeObject fake, TrtBuilderConfig config)
    {
        var slots = config.Library.Slots;
        var (timing, other) = (new FakeObject(slots, "VTimingCache"), new FakeObject(slots, "VTimingCache"));
        TrtTimingCache? cache = null, second = null;
        byte[] seen = [];
        Looking(words => seen = new ReadOnlySpan<byte>((void*)words[0], (int)words[1]).ToArray(),
            () => Word(fake, "createTimingCache", timing.Address, () => cache = config.CreateTimingCache([3, 1, 4])));
        seen.ShouldBe([3, 1, 4]);
        Word(fake, "createTimingCache", other.Address, () => second = config.CreateTimingCache([]), 0, 0);
        Failing(fake, "createTimingCache", 0, () => config.CreateTimingCache([1]));
        Check(fake, "setTimingCache", () => config.SetTimingCache(cache!, ignoreMismatch: true), cache!.Raw, 1);
        Check(fake, "setTimingCache", () => config.SetTimingCache(cache!, ignoreMismatch: false), cache!.Raw, 0);
        Check(timing, "combine", () => cache.Combine(second!, ignoreMismatch: true), second!.Raw, 1);
        Word(timing, "serialize", new FakeObject(slots, "VHostMemory").Address, () => cache.Serialize().Dispose());
        Failing(timing, "serialize", 0, () => cache.Serialize());
        Deleted(other, second);
    }
}
