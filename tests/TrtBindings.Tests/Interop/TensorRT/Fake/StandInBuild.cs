using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>A builder of a stand-in with the network y = x, where x is [-1, 3].</summary>
internal sealed unsafe class StandInBuild : IDisposable
{
    private readonly TrtBuilder _builder;

    public StandInBuild(TrtStandIn fake)
    {
        _builder = TrtBuilder.Create(fake.Library);
        Network = _builder.CreateNetworkV2(TrtNetworkFlag.StronglyTyped);
        Config = _builder.CreateBuilderConfig();
        var input = Network.AddInput("x", TrtDataType.Float, new(-1, 3));
        AddIdentity(fake.Library.Slots, input);
        var output = Network.GetLayer(0).GetOutput(0)!;
        output.Name = "y";
        Network.MarkOutput(output);
    }

    public TrtNetwork Network { get; }

    public TrtBuilderConfig Config { get; }

    public void AddProfile(long min, long opt, long max)
    {
        using var profile = _builder.CreateOptimizationProfile();
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Min, new(min, 3));
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Opt, new(opt, 3));
        profile.SetDimensions(new("x"), TrtOptProfileSelector.Max, new(max, 3));
        profile.IsValid.ShouldBeTrue();
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

    /// <summary>The product adds layers through the parser alone, so that this one is called by its slot here.</summary>
    private void AddIdentity(TrtSlotTable slots, TrtTensor input)
    {
        var implementation = ((nint*)Network.Raw)[1];
        var entry = (*(nint**)implementation)[slots.SlotOf("VNetworkDefinition", "addIdentity")];
        ((delegate* unmanaged[MemberFunction]<nint, nint, nint>)entry)(implementation, input.Raw).ShouldNotBe(0);
    }
}
