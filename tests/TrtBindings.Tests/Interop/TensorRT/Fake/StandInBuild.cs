using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>A builder of a stand-in and the network y = x with x of [-1, 3].</summary>
internal sealed class StandInBuild : IDisposable
{
    private readonly TrtBuilder _builder;

    public StandInBuild(TrtStandIn fake)
    {
        _builder = TrtBuilder.Create(fake.Library);
        Network = _builder.CreateNetworkV2(TrtNetworkDefinitionCreationFlag.StronglyTyped);
        Config = _builder.CreateBuilderConfig();
        var input = Network.AddInput("x", TrtDataType.Float, new(-1, 3));
        SlotCalls.AddIdentityOutput(Network, input, "y");
    }

    public TrtSlotTable Slots => _builder.Library.Slots;

    public TrtNetwork Network { get; }

    public TrtBuilderConfig Config { get; }

    public void AddProfile(long min, long opt, long max)
    {
        using var profile = _builder.CreateOptimizationProfile();
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Min, new(min, 3));
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Opt, new(opt, 3));
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Max, new(max, 3));
        SlotCalls.Bool(Slots, "VOptimizationProfile", profile.Raw, "isValid").ShouldBeTrue();
        Config.AddOptimizationProfile(profile);
    }

    public byte[] Plan()
    {
        using var memory = _builder.BuildSerializedNetwork(Network, Config);
        using var stream = memory.OpenRead();
        var plan = new byte[stream.Length];
        stream.ReadExactly(plan);
        return plan;
    }

    public void Dispose()
    {
        Network.Dispose();
        Config.Dispose();
        _builder.Dispose();
    }
}
