using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// The wrappers for running, called on objects laid in memory: slot, order of arguments, results of every kind. A bool is
/// returned with garbage above its low byte, as real code does.
/// </summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class WrapperTests : WrapperTestBase
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Runtime(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        var fake = Make(library, "VRuntime");
        var runtime = TrtRuntime.Create(library);
        HasRecorder(fake, runtime);
        Word(fake, "getNbDLACores", 2, () => runtime.NbDlaCores.ShouldBe(2));
        Word(fake, "getMaxThreads", 7, () => runtime.MaxThreads.ShouldBe(7));
        Bool(fake, "getEngineHostCodeAllowed", () => runtime.EngineHostCodeAllowed);
        Word(fake, "setEngineHostCodeAllowed", 0, () => runtime.EngineHostCodeAllowed = true, 1);
        Word(fake, "setEngineHostCodeAllowed", 0, () => runtime.EngineHostCodeAllowed = false, 0);
        Check(fake, "setMaxThreads", () => runtime.SetMaxThreads(5), 5);
        using var allocator = new TrtGpuAllocator(library.Slots, new RefusingMemory());
        Word(fake, "setGpuAllocator", 0, () => runtime.SetGpuAllocator(allocator), allocator.Raw);
        var engine = new FakeObject(library.Slots, "VCudaEngine");
        Word(fake, "deserializeCudaEngine", engine.Address, () => runtime.DeserializeCudaEngine([1, 2, 3]).Dispose());
        FakeFunctions.Last!.Arguments[1].ShouldBe(3);
        Failing(fake, "deserializeCudaEngine", 0, () => runtime.DeserializeCudaEngine([1]));
        var registry = new FakeObject(library.Slots, "IPluginRegistry");
        registry.Set("loadLibrary", Constant.One);
        Word(fake, "getPluginRegistry", registry.Address, () => runtime.LoadPluginLibrary("/p.so"));
        fake.Set("getPluginRegistry", Constant.Give(registry.Address));
        Text(registry, "loadLibrary", () => runtime.LoadPluginLibrary("/p.so"), "/p.so");
        Failing(registry, "loadLibrary", 0, () => runtime.LoadPluginLibrary("/p.so"));
        Failing(fake, "getPluginRegistry", 0, () => runtime.LoadPluginLibrary("/p.so"));
        Deleted(fake, runtime);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Engine(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        var engine = MakeEngine(library, out var fake);
        HasRecorder(fake, engine);
        Word(fake, "getNbIOTensors", 3, () => engine.NbIOTensors.ShouldBe(3));
        Word(fake, "getNbOptimizationProfiles", 2, () => engine.NbOptimizationProfiles.ShouldBe(2));
        Bool(fake, "isRefittable", () => engine.IsRefittable);
        var v2 = library.Version is { Major: 10, Minor: 0 } ? "" : "V2";
        Word(fake, "getDeviceMemorySize" + v2, unchecked((nint)(5L << 32)), () => engine.DeviceMemorySize.ShouldBe(5L << 32));
        Word(fake, "getDeviceMemorySizeForProfile" + v2, 77, () => engine.GetDeviceMemorySizeForProfile(3).ShouldBe(77), 3);
        Word(fake, "getIOTensorName", (nint)X.Pointer, () => engine.GetIOTensorName(4).ShouldBe("x"), 4);
        Failing(fake, "getIOTensorName", 0, () => engine.GetIOTensorName(4));
        Named(fake, "getTensorIOMode", 2, () => engine.GetTensorIOMode(X).ShouldBe(TrtTensorIOMode.Output));
        Named(fake, "getTensorDataType", 8, () => engine.GetTensorDataType(X).ShouldBe(TrtDataType.Int64));
        Named(fake, "getTensorLocation", 1, () => engine.GetTensorLocation(X).ShouldBe(TrtTensorLocation.Host));
        Bool(fake, "isShapeInferenceIO", () => engine.IsShapeInferenceIO(X), (nint)X.Pointer);
        Named(fake, "getTensorFormatV2", 8, () => engine.GetTensorFormat(X, 1).ShouldBe(TrtTensorFormat.Hwc), 1);
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
        Failing(fake, "createEngineInspector", 0, () => engine.CreateEngineInspector());
        Failing(fake, "createRefitter", 0, () => engine.CreateRefitter());
        Word(fake, "serialize", new FakeObject(library.Slots, "VHostMemory").Address, () => engine.Serialize().Dispose());
        Failing(fake, "serialize", 0, () => engine.Serialize());
        Deleted(fake, engine);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Context(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        var context = MakeContext(library, out var fake);
        HasRecorder(fake, context);
        Check(fake, "setOptimizationProfileAsync", () => context.SetOptimizationProfileAsync(2, 99), 2, 99);
        Check(fake, "setInputShape", () => context.SetInputShape(X, Shape), (nint)X.Pointer);
        ShapeGiven(fake, "setInputShape", True, argument: 1, () => context.SetInputShape(X, Shape));
        Dims(fake, "getTensorShape", () => context.GetTensorShape(X));
        Check(fake, "setTensorAddress", () => context.SetTensorAddress(X, 0x7000), (nint)X.Pointer, 0x7000);
        Word(fake, "inferShapes", 1, () => context.InferShapes().ShouldBe(1), 0, 0);
        Failing(fake, "inferShapes", -1, () => context.InferShapes());
        Named(fake, "getMaxOutputSize", unchecked((nint)(1L << 33)), () => context.GetMaxOutputSize(X).ShouldBe(1L << 33));
        Check(fake, "enqueueV3", () => context.EnqueueV3(0x55), 0x55);
        using var outputs = new TrtOutputAllocator(library.Slots, new RefusingOutput());
        Check(fake, "setOutputAllocator", () => context.SetOutputAllocator(X, outputs), (nint)X.Pointer, outputs.Raw);
        using var profiler = new TrtProfiler(library.Slots, (_, _) => { });
        Word(fake, "setProfiler", 0, () => context.SetProfiler(profiler), profiler.Raw);
        if (library.Version is not { Major: 10, Minor: 0 })
            Word(fake, "setDeviceMemoryV2", 0, () => context.SetDeviceMemory(0x8000, 12), 0x8000, 12);
        Deleted(fake, context);
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
