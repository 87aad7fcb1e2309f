using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A network and what belongs to it, and optimization profiles.</summary>
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
        Word(fake, "getNbOutputs", 3, () => network.NbOutputs.ShouldBe(3));
        Word(fake, "getNbLayers", 4, () => network.NbLayers.ShouldBe(4));
        Word(fake, "getFlags", 1, () => network.Flags.ShouldBe(1u));
        String(fake, "getName", () => network.Name, none: "");
        Text(fake, "setName", () => network.Name = "n", "n");
        var tensor = new FakeObject(builder.Library.Slots, "VTensor");
        Word(fake, "getInput", tensor.Address, () => network.GetInput(1).Raw.ShouldBe(tensor.Address), 1);
        Failing(fake, "getInput", 0, () => network.GetInput(9));
        Word(fake, "getOutput", tensor.Address, () => network.GetOutput(2).Raw.ShouldBe(tensor.Address), 2);
        Failing(fake, "getOutput", 0, () => network.GetOutput(9));
        Text(fake, "addInput", () => network.AddInput("i", TrtDataType.Int64, Shape), "i", tensor.Address);
        ShapeGiven(fake, "addInput", tensor.Address, argument: 2, () => network.AddInput("i", TrtDataType.Int64, Shape));
        ((int)FakeFunctions.Last!.Arguments[1]).ShouldBe(8);
        Failing(fake, "addInput", 0, () => network.AddInput("i", TrtDataType.Float, Shape));
        TrtTensor output = new(network, tensor.Address);
        Word(fake, "markOutput", 0, () => network.MarkOutput(output), tensor.Address);
        Word(fake, "unmarkOutput", 0, () => network.UnmarkOutput(output), tensor.Address);
        var layer = new FakeObject(builder.Library.Slots, "VLayer");
        TrtLayer? found = null;
        Word(fake, "getLayer", layer.Address, () => found = network.GetLayer(5), 5);
        Failing(fake, "getLayer", 0, () => network.GetLayer(5));
        Layer(layer, found!, tensor);
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
        Text(fake, "setName", () => tensor.Name = "t", "t");
        Word(fake, "getType", 8, () => tensor.Type.ShouldBe(TrtDataType.Int64));
        Word(fake, "getLocation", 1, () => tensor.Location.ShouldBe(TrtTensorLocation.Host));
        Bool(fake, "isNetworkInput", () => tensor.IsNetworkInput);
        Bool(fake, "isNetworkOutput", () => tensor.IsNetworkOutput);
        Bool(fake, "isShapeTensor", () => tensor.IsShapeTensor);
        PlainDims(fake, "getDimensions", () => tensor.Dimensions);
        ShapeGiven(fake, "setDimensions", 0, argument: 0, () => tensor.Dimensions = Shape);
        String(fake, "getDimensionName", () => tensor.GetDimensionName(3), none: null, 3);
        Word(fake, "setDimensionName", 0, () => tensor.SetDimensionName(2, null), 2, 0);
        Text(fake, "setDimensionName", () => tensor.SetDimensionName(2, "d"), "d", argument: 1);
        Word(fake, "setAllowedFormats", 0, () => tensor.SetAllowedFormats(TrtTensorFormat.Linear, TrtTensorFormat.Hwc),
            1 | (1 << 8));
        if (builder.Library.Version.Major > 10) return;
        Word(fake, "setType", 0, () => tensor.SetType(TrtDataType.Half), 1);
        FakeFunctions.Word = True;
        Other(fake, "setDynamicRange", FakeFunctions.OfNumbersGiven, () => tensor.SetDynamicRange(-1.5f, 2.25f));
        FakeFunctions.Numbers.ShouldBe((-1.5f, 2.25f));
        FakeFunctions.Word = False;
        Should.Throw<TensorRtException>(() => tensor.SetDynamicRange(2, 1)).Function.ShouldBe("ITensor.setDynamicRange");
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
        Bool(fake, "isValid", () => profile.IsValid);
        Check(fake, "setDimensions", () => profile.SetDimensions(X, TrtOptProfileSelector.Max, Shape), (nint)X.Pointer, 2);
        ShapeGiven(fake, "setDimensions", True, argument: 2, () => profile.SetDimensions(X, TrtOptProfileSelector.Opt, Shape),
            (nint)X.Pointer, 1);
        Dims(fake, "getDimensions", () => profile.GetDimensions(X, TrtOptProfileSelector.Min), 0);
        FakeFunctions.Number = 0.625f;
        Other(fake, "getExtraMemoryTarget", FakeFunctions.OfNumber, () => profile.ExtraMemoryTarget.ShouldBe(0.625f));
        FakeFunctions.Word = True;
        Other(fake, "setExtraMemoryTarget", FakeFunctions.OfNumbersGiven, () => profile.SetExtraMemoryTarget(0.75f));
        FakeFunctions.Numbers.First.ShouldBe(0.75f);
        FakeFunctions.Word = False;
        Should.Throw<TensorRtException>(() => profile.SetExtraMemoryTarget(2));
        Values(fake, profile, slots.Has(TrtMethod.OptimizationProfile_SetShapeValuesV2));
        FakeObject.Destroyed.Clear();
        profile.Dispose();
        FakeObject.Destroyed.ShouldNotContain((fake.Address, 1), "a profile belongs to its builder");
    }

    private static void Layer(FakeObject fake, TrtLayer layer, FakeObject tensor)
    {
        String(fake, "getName", () => layer.Name, none: "");
        Word(fake, "getNbInputs", 2, () => layer.NbInputs.ShouldBe(2));
        Word(fake, "getNbOutputs", 3, () => layer.NbOutputs.ShouldBe(3));
        Word(fake, "getInput", tensor.Address, () => layer.GetInput(1)!.Raw.ShouldBe(tensor.Address), 1);
        Word(fake, "getInput", 0, () => layer.GetInput(1).ShouldBeNull(), 1);
        Word(fake, "getOutput", tensor.Address, () => layer.GetOutput(2)!.Raw.ShouldBe(tensor.Address), 2);
        Word(fake, "getOutput", 0, () => layer.GetOutput(2).ShouldBeNull(), 2);
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
