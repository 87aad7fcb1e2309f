using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A network, its tensors, and optimization profiles.</summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class NetworkWrapperTests : WrapperTestBase
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Network(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        using var network = MakeNetwork(builder, owner, out var fake);
        HasRecorder(fake, network);
        Word(fake, "getNbInputs", 2, () => network.NbInputs.ShouldBe(2));
        var tensor = new FakeObject(builder.Library.Slots, "VTensor");
        Word(fake, "getInput", tensor.Address, () => network.GetInput(1).Raw.ShouldBe(tensor.Address), 1);
        Failing(fake, "getInput", 0, () => network.GetInput(9));
        Text(fake, "addInput", () => network.AddInput("i", TrtDataType.Int64, Shape), "i", tensor.Address);
        ShapeGiven(fake, "addInput", tensor.Address, argument: 2, () => network.AddInput("i", TrtDataType.Int64, Shape));
        ((int)FakeFunctions.Last!.Arguments[1]).ShouldBe(8);
        Failing(fake, "addInput", 0, () => network.AddInput("i", TrtDataType.Float, Shape));
        Word(fake, "getNbLayers", 7, () => network.NbLayers.ShouldBe(7));
        var layer = new FakeObject(builder.Library.Slots, "VLayer");
        Word(fake, "getLayer", layer.Address, () => network.GetLayer(3), 3);
        Failing(fake, "getLayer", 0, () => network.GetLayer(9));
        Word(fake, "markOutput", 0, () => network.MarkOutput(new(network, tensor.Address)), tensor.Address);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Layer(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        using var network = MakeNetwork(builder, owner, out _);
        var fake = new FakeObject(builder.Library.Slots, "VLayer");
        var layer = new TrtLayer(network, fake.Address);
        String(fake, "getName", () => layer.Name, none: "");
        Word(fake, "getNbOutputs", 2, () => layer.NbOutputs.ShouldBe(2));
        var tensor = new FakeObject(builder.Library.Slots, "VTensor");
        Word(fake, "getOutput", tensor.Address, () => layer.GetOutput(1).Raw.ShouldBe(tensor.Address), 1);
        Failing(fake, "getOutput", 0, () => layer.GetOutput(9));
        Word(fake, "getOutputType", 1, () => layer.GetOutputType(0).ShouldBe(TrtDataType.Half), 0);
        if (!TrtReleases.Has(TrtFeature.WeakTyping, builder.Library.Version)) return;
        Word(fake, "setPrecision", 0, () => layer.SetPrecision(TrtDataType.Half), 1);
        Word(fake, "setOutputType", 0, () => layer.SetOutputType(1, TrtDataType.Int64), 1, 8);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Tensor(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        using var network = MakeNetwork(builder, owner, out _);
        var fake = new FakeObject(builder.Library.Slots, "VTensor");
        var tensor = new TrtTensor(network, fake.Address);
        String(fake, "getName", () => tensor.Name, none: "");
        Word(fake, "getType", 8, () => tensor.Type.ShouldBe(TrtDataType.Int64));
        Bool(fake, "isShapeTensor", () => tensor.IsShapeTensor);
        PlainDims(fake, "getDimensions", () => tensor.Dimensions);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Profile(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        var slots = builder.Library.Slots;
        var fake = new FakeObject(slots, "VOptimizationProfile");
        owner.SetOnly("createOptimizationProfile", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        var profile = builder.CreateOptimizationProfile();
        Check(fake, "setDimensions", () => profile.SetDimensions(X, TrtOptProfileSelector.Max, Shape), (nint)X.Pointer, 2);
        ShapeGiven(fake, "setDimensions", True, argument: 2, () => profile.SetDimensions(X, TrtOptProfileSelector.Opt, Shape),
            (nint)X.Pointer, 1);
        Values(fake, profile, slots.Has(TrtMethod.OptimizationProfile_SetShapeValuesV2));
        FakeObject.Destroyed.Clear();
        profile.Dispose();
        FakeObject.Destroyed.ShouldNotContain((fake.Address, 1), "a profile belongs to its builder");
    }

    private static void Values(FakeObject fake, TrtOptimizationProfile profile, bool wide)
    {
        var method = wide ? "setShapeValuesV2" : "setShapeValues";
        long[] seen = [];
        Looking(
            words => seen = wide
                ? new ReadOnlySpan<long>((void*)words[2], (int)words[3]).ToArray()
                : [.. new ReadOnlySpan<int>((void*)words[2], (int)words[3]).ToArray().Select(value => (long)value)],
            () => Word(fake, method, True, () => profile.SetShapeValues(X, TrtOptProfileSelector.Opt, [4, -1, 6]),
                (nint)X.Pointer, 1));
        seen.ShouldBe([4, -1, 6]);
        Failing(fake, method, False, () => profile.SetShapeValues(X, TrtOptProfileSelector.Opt, [4]));
        if (!wide) Should.Throw<OverflowException>(() => profile.SetShapeValues(X, TrtOptProfileSelector.Opt, [1L << 40]));
    }
}
