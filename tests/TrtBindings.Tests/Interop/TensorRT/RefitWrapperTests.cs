using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The objects that an engine creates besides contexts: refitter, inspector, host memory.</summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class RefitWrapperTests : WrapperTestBase
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public void Refitter(int version, bool microsoft)
    {
        using var engine = MakeEngine(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        var fake = new FakeObject(engine.Library.Slots, "VRefitter");
        owner.SetOnly("createRefitter", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        var refitter = engine.CreateRefitter();
        HasRecorder(fake, refitter);
        Check(fake, "refitCudaEngine", refitter.RefitCudaEngine);
        Names(fake, "getMissingWeights", refitter.GetMissingWeights);
        Names(fake, "getAllWeights", refitter.GetAllWeights);
        Weights(fake, refitter);
        Deleted(fake, refitter);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Inspector(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        using var engine = MakeEngine(library, out var owner);
        var fake = new FakeObject(library.Slots, "VEngineInspector");
        owner.SetOnly("createEngineInspector", FakeFunctions.OfWords);
        FakeFunctions.Word = fake.Address;
        var inspector = engine.CreateEngineInspector();
        HasRecorder(fake, inspector);
        Word(fake, "getEngineInformation", (nint)X.Pointer,
            () => inspector.GetEngineInformation(TrtLayerInformationFormat.Json).ShouldBe("x"), 1);
        Failing(fake, "getEngineInformation", 0, () => inspector.GetEngineInformation(TrtLayerInformationFormat.Oneline));
        Deleted(fake, inspector);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Serialization(int version, bool microsoft)
    {
        using var engine = MakeEngine(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        var slots = engine.Library.Slots;
        var (config, fake) = (new FakeObject(slots, "VSerializationConfig"), new FakeObject(slots, "VHostMemory"));
        TrtHostMemory? memory = null;
        Word(owner, "createSerializationConfig", config.Address, () =>
        {
            owner.Set("serializeWithConfig", Constant.Zero);
            Should.Throw<TensorRtException>(() => engine.Serialize([])).Function.ShouldBe("ICudaEngine.serializeWithConfig");
        });
        Failing(owner, "createSerializationConfig", 0, () => engine.Serialize([]));
        Word(owner, "serializeWithConfig", fake.Address, () =>
        {
            owner.Set("createSerializationConfig", Constant.Give(config.Address));
            memory = engine.Serialize([]);
        }, config.Address);
        owner.Set("serializeWithConfig", Constant.Give(config.Address));
        Check(config, "setFlag", () => engine.Serialize(TrtSerializationFlag.IncludeRefit).Dispose(), 2);

        byte[] content = [5, 6, 7, 8];
        fixed (byte* bytes = content)
        {
            var address = (nint)bytes;
            Word(fake, "data", address, () => memory!.Data.ShouldBe(address));
            Word(fake, "size", 4, () => memory!.Size.ShouldBe(4));
            fake.Set("data", Constant.Give(address));
            fake.Set("size", FakeFunctions.OfWords);
            FakeFunctions.Word = 4;
            using var stream = memory!.OpenRead();
            var read = new byte[5];
            stream.Read(read).ShouldBe(4);
            read.ShouldBe([5, 6, 7, 8, 0]);
        }

        Deleted(fake, memory!);
    }

    /// <summary>The method is called twice: for the count, then with a buffer of that size.</summary>
    private static void Names(FakeObject fake, string method, Func<string[]> call)
    {
        var rooms = new List<(nint Count, bool HasRoom)>();
        Looking(words =>
        {
            rooms.Add(((int)words[0], words[1] != 0));
            if (words[1] != 0) new Span<nint>((void*)words[1], 2).Fill((nint)X.Pointer);
        }, () => Word(fake, method, 2, () => call().ShouldBe(["x", "x"])));
        rooms.ShouldBe([(0, false), (2, true)]);
        Word(fake, method, 0, () => call().ShouldBeEmpty());
        Failing(fake, method, -1, () => call());
    }

    private static void Weights(FakeObject fake, TrtRefitter refitter)
    {
        var weights = new TrtWeights(TrtDataType.Half, unchecked((nint)0x1234_5678_9ABC), 1L << 40);
        FakeFunctions.Weights = weights;
        Other(fake, "getWeightsPrototype", FakeFunctions.OfWeights,
            () => refitter.GetWeightsPrototype(X).ShouldBe(weights), (nint)X.Pointer);
        Marshal.SizeOf<TrtWeights>().ShouldBe(24);
    }
}
