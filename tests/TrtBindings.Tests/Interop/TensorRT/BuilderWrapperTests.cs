using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Methods of the building side on objects laid in memory, as <see cref="WrapperTests"/> has for running.</summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class BuilderWrapperTests : WrapperTestBase
{
    [Theory]
    [InlineData(100600, 13)]
    [InlineData(110100, 12)]
    public void Configuration(int version, int versionCompatible)
    {
        var library = FakeLibrary.Load(version);
        var owner = Make(library, "VBuilder");
        using var builder = TrtBuilder.Create(library);
        var fake = new FakeObject(library.Slots, "VBuilderConfig");
        owner.SetOnly("createBuilderConfig", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        using var config = builder.CreateBuilderConfig();
        Word(fake, "getFlags", 5, () => config.Flags.ShouldBe(5u));
        Word(fake, "getFlag", True, () => config.GetFlag(TrtBuilderFlag.VersionCompatible).ShouldBeTrue(), versionCompatible);
        Word(fake, "setMemoryPoolLimit", 0, () => config.SetMemoryPoolLimit(TrtMemoryPoolType.TacticDram, 4096), 4, 4096);
        Word(fake, "getMemoryPoolLimit", 77, () => config.GetMemoryPoolLimit(TrtMemoryPoolType.TacticDram).ShouldBe(77), 4);
        Word(fake, "setBuilderOptimizationLevel", 0, () => config.BuilderOptimizationLevel = 3, 3);
        Word(fake, "setHardwareCompatibilityLevel", 0,
            () => config.SetHardwareCompatibilityLevel(TrtHardwareCompatibilityLevel.AmpereAndNewer), 1);
        Failing(owner, "createBuilderConfig", 0, () => builder.CreateBuilderConfig());
    }

    [Theory]
    [InlineData(100600)]
    [InlineData(100800)]
    [InlineData(110100)]
    public void Network(int version)
    {
        var library = FakeLibrary.Load(version);
        var owner = Make(library, "VBuilder");
        using var builder = TrtBuilder.Create(library);
        var fake = new FakeObject(library.Slots, "VNetworkDefinition");
        owner.SetOnly("createNetworkV2", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        using var network = builder.CreateNetworkV2(TrtNetworkFlag.StronglyTyped);
        ((uint)FakeFunctions.Last!.Arguments[0]).ShouldBe(library.Version.Major == 10 ? 2u : 1u);
        Word(fake, "getNbInputs", 2, () => network.NbInputs.ShouldBe(2));
        Word(fake, "getNbOutputs", 3, () => network.NbOutputs.ShouldBe(3));
        Word(fake, "getFlags", 1, () => network.Flags.ShouldBe(1u));
        var tensor = new FakeObject(library.Slots, "VTensor");
        Word(fake, "getInput", tensor.Address, () => network.GetInput(1).Raw.ShouldBe(tensor.Address), 1);
        var input = network.GetInput(1);
        Word(tensor, "setDimensionName", 0, () => input.SetDimensionName(2, null), 2, 0);
        Word(tensor, "isNetworkInput", False, () => input.IsNetworkInput.ShouldBeFalse());
        Word(tensor, "getType", 8, () => input.Type.ShouldBe(TrtDataType.Int64));
        Failing(fake, "getInput", 0, () => network.GetInput(9));
    }
}
