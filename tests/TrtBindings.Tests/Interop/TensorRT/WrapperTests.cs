using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// Every method of the running side, called on objects laid in memory: entry, order of arguments, results of every form. A
/// bool comes back with garbage above its byte, as from real code.
/// </summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class WrapperTests : WrapperTestBase
{

    public static TheoryData<int> Versions => new() { 100000, 100600, 101600, 110100 };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Runtime(int version)
    {
        var library = FakeLibrary.Load(version);
        var fake = Make(library, "VRuntime");
        using var runtime = TrtRuntime.Create(library);
        runtime.Recorder!.Raw.ShouldBe(FakeObject.Recorder);
        Word(fake, "getNbDLACores", 2, () => runtime.NbDlaCores.ShouldBe(2));
        Word(fake, "getMaxThreads", 7, () => runtime.MaxThreads.ShouldBe(7));
        Word(fake, "getEngineHostCodeAllowed", False, () => runtime.EngineHostCodeAllowed.ShouldBeFalse());
        Word(fake, "getEngineHostCodeAllowed", True, () => runtime.EngineHostCodeAllowed.ShouldBeTrue());
        Word(fake, "setEngineHostCodeAllowed", 0, () => runtime.EngineHostCodeAllowed = true, 1);
        Check(fake, "setMaxThreads", () => runtime.SetMaxThreads(5), 5);
        Text(fake, "setTemporaryDirectory", () => runtime.SetTemporaryDirectory("/t"), "/t");
        using var allocator = new TrtGpuAllocator(library.Slots, new RefusingMemory());
        Word(fake, "setGpuAllocator", 0, () => runtime.SetGpuAllocator(allocator), allocator.Raw);
        var engine = new FakeObject(library.Slots, "VCudaEngine");
        Word(fake, "deserializeCudaEngine", engine.Address, () => runtime.DeserializeCudaEngine([1, 2, 3]).Dispose());
        FakeFunctions.Last!.Arguments[1].ShouldBe(3);
        Failing(fake, "deserializeCudaEngine", 0, () => runtime.DeserializeCudaEngine([1]));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Engine(int version)
    {
        var library = FakeLibrary.Load(version);
        using var engine = MakeEngine(library, out var fake);
        Word(fake, "getNbLayers", 9, () => engine.NbLayers.ShouldBe(9));
        Word(fake, "getNbIOTensors", 3, () => engine.NbIOTensors.ShouldBe(3));
        Word(fake, "getNbOptimizationProfiles", 2, () => engine.NbOptimizationProfiles.ShouldBe(2));
        Word(fake, "isRefittable", True, () => engine.IsRefittable.ShouldBeTrue());
        Word(fake, "isRefittable", False, () => engine.IsRefittable.ShouldBeFalse());
        Word(fake, "getHardwareCompatibilityLevel", 2,
            () => engine.HardwareCompatibilityLevel.ShouldBe(TrtHardwareCompatibilityLevel.SameComputeCapability));
        Word(fake, "getStreamableWeightsSize", unchecked((nint)(1L << 40)),
            () => engine.StreamableWeightsSize.ShouldBe(1L << 40));
        var v2 = library.Version is { Major: 10, Minor: 0 } ? "" : "V2";
        Word(fake, "getDeviceMemorySize" + v2, unchecked((nint)(5L << 32)), () => engine.DeviceMemorySize.ShouldBe(5L << 32));
        Word(fake, "getDeviceMemorySizeForProfile" + v2, 77, () => engine.GetDeviceMemorySizeForProfile(3).ShouldBe(77), 3);
        Word(fake, "getName", (nint)X.Pointer, () => engine.Name.ShouldBe("x"));
        Word(fake, "getIOTensorName", (nint)X.Pointer, () => engine.GetIOTensorName(4).ShouldBe("x"), 4);
        Failing(fake, "getIOTensorName", 0, () => engine.GetIOTensorName(4));
        Named(fake, "getTensorIOMode", 2, () => engine.GetTensorIOMode(X).ShouldBe(TrtTensorIOMode.Output));
        Named(fake, "getTensorDataType", 8, () => engine.GetTensorDataType(X).ShouldBe(TrtDataType.Int64));
        Named(fake, "getTensorLocation", 1, () => engine.GetTensorLocation(X).ShouldBe(TrtTensorLocation.Host));
        Named(fake, "isShapeInferenceIO", True, () => engine.IsShapeInferenceIO(X).ShouldBeTrue());
        Named(fake, "getTensorFormatV2", 8, () => engine.GetTensorFormat(X, 1).ShouldBe(TrtTensorFormat.Hwc), 1);
        Named(fake, "getTensorVectorizedDimV2", -1, () => engine.GetTensorVectorizedDim(X, 1).ShouldBe(-1), 1);
        Named(fake, "getTensorComponentsPerElementV2", 4, () => engine.GetTensorComponentsPerElement(X, 2).ShouldBe(4), 2);
        Dims(fake, "getTensorShape", () => engine.GetTensorShape(X));
        Dims(fake, "getProfileShape", () => engine.GetProfileShape(X, 1, TrtOptProfileSelector.Max), 1, 2);
        ProfileValues(fake, engine);
        Word(fake, "createExecutionContext", new FakeObject(library.Slots, "VExecutionContext").Address,
            () => engine.CreateExecutionContext(TrtExecutionContextAllocationStrategy.UserManaged).Dispose(), 2);
        Failing(fake, "createExecutionContext", 0, () => engine.CreateExecutionContext(default));
        Word(fake, "createEngineInspector", new FakeObject(library.Slots, "VEngineInspector").Address,
            () => engine.CreateEngineInspector().Dispose());
        Word(fake, "createRefitter", new FakeObject(library.Slots, "VRefitter").Address,
            () => engine.CreateRefitter().Dispose(), library.Logger.Raw);
        Word(fake, "serialize", new FakeObject(library.Slots, "VHostMemory").Address, () => engine.Serialize().Dispose());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Context(int version)
    {
        var library = FakeLibrary.Load(version);
        using var context = MakeContext(library, out var fake);
        Word(fake, "getOptimizationProfile", -1, () => context.CurrentProfile.ShouldBe(-1));
        Word(fake, "allInputDimensionsSpecified", True, () => context.AllInputDimensionsSpecified.ShouldBeTrue());
        Check(fake, "setOptimizationProfileAsync", () => context.SetOptimizationProfileAsync(2, 99), 2, 99);
        Check(fake, "setInputShape", () => context.SetInputShape(X, Shape), (nint)X.Pointer);
        Dims(fake, "getTensorShape", () => context.GetTensorShape(X));
        Dims(fake, "getTensorStrides", () => context.GetTensorStrides(X));
        Check(fake, "setTensorAddress", () => context.SetTensorAddress(X, 0x7000), (nint)X.Pointer, 0x7000);
        Named(fake, "getTensorAddress", 0x7000, () => context.GetTensorAddress(X).ShouldBe(0x7000));
        Word(fake, "inferShapes", 1, () => context.InferShapes().ShouldBe(1), 0, 0);
        Failing(fake, "inferShapes", -1, () => context.InferShapes());
        Named(fake, "getMaxOutputSize", unchecked((nint)(1L << 33)), () => context.GetMaxOutputSize(X).ShouldBe(1L << 33));
        Check(fake, "enqueueV3", () => context.EnqueueV3(0x55), 0x55);
        Check(fake, "setInputConsumedEvent", () => context.SetInputConsumedEvent(0x66), 0x66);
        using var outputs = new TrtOutputAllocator(library.Slots, new RefusingOutput());
        Check(fake, "setOutputAllocator", () => context.SetOutputAllocator(X, outputs), (nint)X.Pointer, outputs.Raw);
        using var storage = new TrtGpuAllocator(library.Slots, new RefusingMemory());
        Check(fake, "setTemporaryStorageAllocator", () => context.SetTemporaryStorageAllocator(storage), storage.Raw);
        using var profiler = new TrtProfiler(library.Slots, (_, _) => { });
        Word(fake, "setProfiler", 0, () => context.SetProfiler(profiler), profiler.Raw);
        Word(fake, "setEnqueueEmitsProfile", 0, () => context.SetEnqueueEmitsProfile(false), 0);
        Check(fake, "reportToProfiler", context.ReportToProfiler);
        Word(fake, "setPersistentCacheLimit", 0, () => context.SetPersistentCacheLimit(1L << 35), unchecked((nint)(1L << 35)));
        Check(fake, "setNvtxVerbosity", () => context.SetNvtxVerbosity(TrtProfilingVerbosity.Detailed), 2);
        Word(fake, "setAuxStreams", 0, () => context.SetAuxStreams([1, 2, 3]));
        FakeFunctions.Last!.Arguments[1].ShouldBe(3);
        Text(fake, "setName", () => context.SetName("c"), "c");
        Word(fake, "updateDeviceMemorySizeForShapes", 4096, () => context.UpdateDeviceMemorySizeForShapes().ShouldBe(4096));
        if (library.Version is not { Major: 10, Minor: 0 })
            Word(fake, "setDeviceMemoryV2", 0, () => context.SetDeviceMemory(0x8000, 12), 0x8000, 12);
    }

    [Fact]
    public void A_shape_that_TensorRT_gets_is_the_one_that_was_set()
    {
        using var context = MakeContext(FakeLibrary.Load(100600), out var fake);
        fake.SetOnly("setInputShape", ShapeReader.Function);
        context.SetInputShape(X, Shape);
        ShapeReader.Seen.ToArray().ShouldBe([1, 3, -1, 640]);
    }

    private static void ProfileValues(FakeObject fake, TrtEngine engine)
    {
        long[] wide = [4, 5, 1L << 40];
        int[] narrow = [4, 5, 6];
        var hasWide = engine.Library.Slots.Has(TrtMethod.CudaEngine_GetProfileTensorValuesV2);
        var method = hasWide ? "getProfileTensorValuesV2" : "getProfileTensorValues";
        fixed (long* first = wide)
        fixed (int* other = narrow)
            Named(fake, method, hasWide ? (nint)first : (nint)other,
                () => engine.GetProfileTensorValues(X, 2, TrtOptProfileSelector.Opt, 3).ShouldBe(hasWide ? wide : [4, 5, 6]),
                2, 1);
        Named(fake, method, 0, () => engine.GetProfileTensorValues(X, 2, TrtOptProfileSelector.Opt, 3).ShouldBeEmpty());
    }
}
