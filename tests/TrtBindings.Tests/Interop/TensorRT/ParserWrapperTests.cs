using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>The ONNX parser. Its objects have their methods in their own table.</summary>
[Collection(FakeCollection.Name)]
public sealed unsafe class ParserWrapperTests : WrapperTestBase
{
    private static readonly string[] ErrorMethods = ["code", "desc", "node", "nodeName", "nodeOperator"];

    private delegate void ModelCall(ReadOnlySpan<byte> model, string? path);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Parser(int version, bool microsoft)
    {
        using var builder = MakeBuilder(FakeLibrary.Load(version, microsoft: microsoft), out var owner);
        using var network = MakeNetwork(builder, owner, out _);
        var fake = Make(builder.Library, "IParser");
        var parser = FakeLibrary.LoadParser(builder.Library).CreateParser(network);
        Bytes(fake, "parse", (model, path) => parser.Parse(model, path));
        Text(fake, "parseFromFile", () => parser.ParseFromFile("/m.onnx", TrtSeverity.Info), "/m.onnx");
        ((int)FakeFunctions.Last!.Arguments[1]).ShouldBe(3);
        Refusal(fake, builder.Library.Slots, "parseFromFile", () => parser.ParseFromFile("/m.onnx"));
        PluginLibraries(fake, parser);
        Deleted(fake, parser);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Error(int version, bool microsoft)
    {
        var slots = FakeLibrary.Load(version, microsoft: microsoft).Slots;
        var fake = new FakeObject(slots, "IParserError");
        Word(fake, "code", 5, () => Read("code").Code.ShouldBe(TrtParserErrorCode.InvalidGraph));
        Word(fake, "node", -1, () => Read("node").Node.ShouldBe(-1));
        String(fake, "desc", () => Read("desc").Description, none: "");
        String(fake, "nodeName", () => Read("nodeName").NodeName, none: "");
        String(fake, "nodeOperator", () => Read("nodeOperator").NodeOperator, none: "");
        new TrtParserError(TrtParserErrorCode.InternalError, "d", -1, "", "").ToString().ShouldBe("d");
        new TrtParserError(TrtParserErrorCode.InternalError, "d", 2, "n", "Op").ToString().ShouldBe("node 2 'n' (Op): d");

        TrtParserError Read(string method)
        {
            // All five are read each time; one is under test.
            foreach (var other in ErrorMethods)
                if (other != method) fake.Set(other, Constant.Zero);
            return TrtParserError.Read(fake.Address, slots);
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Refitter(int version, bool microsoft)
    {
        var library = FakeLibrary.Load(version, microsoft: microsoft);
        using var engine = MakeEngine(library, out var owner);
        owner.SetOnly("createRefitter", FakeFunctions.OfWords);
        FakeFunctions.Word = new FakeObject(library.Slots, "VRefitter").Address;
        using var refitter = engine.CreateRefitter();
        var fake = Make(library, "IParserRefitter");
        var parser = FakeLibrary.LoadParser(library).CreateParserRefitter(refitter);
        Bytes(fake, "refitFromBytes", (model, path) => parser.RefitFromBytes(model, path));
        Text(fake, "refitFromFile", () => parser.RefitFromFile("/m.onnx"), "/m.onnx");
        Refusal(fake, library.Slots, "refitFromFile", () => parser.RefitFromFile("/m.onnx"));
        Word(fake, "clearErrors", 0, () =>
        {
            fake.Set("refitFromFile", Constant.Zero);
            fake.Set("getNbErrors", Constant.Zero);
            Should.Throw<TensorRtException>(() => parser.RefitFromFile("/m.onnx"));
        });
        Deleted(fake, parser);
    }

    /// <summary>A call with the bytes of a model, with and without a path.</summary>
    private static void Bytes(FakeObject fake, string method, ModelCall call)
    {
        byte[] seen = [];
        Looking(words => seen = new ReadOnlySpan<byte>((void*)words[0], (int)words[1]).ToArray(),
            () => Text(fake, method, () => call([9, 8, 7], "/m"), "/m", True, argument: 2));
        Looking(words => seen = new ReadOnlySpan<byte>((void*)words[0], (int)words[1]).ToArray(),
            () => Word(fake, method, True, () => call([9, 8, 7], null)));
        seen.ShouldBe([9, 8, 7]);
        FakeFunctions.Last!.Arguments[2].ShouldBe(0);
    }

    /// <summary>A failed call with errors, and one without.</summary>
    private static void Refusal(FakeObject fake, TrtSlotTable slots, string method, Action call)
    {
        var error = new FakeObject(slots, "IParserError");
        foreach (var other in ErrorMethods) error.Set(other, Constant.Zero);
        Word(fake, "getNbErrors", 1, () => Throws("node 0 '' ()", "getError", Constant.Give(error.Address)));
        Word(fake, "getError", error.Address, () => Throws("node 0 '' ()", "getNbErrors", Constant.One), 0);
        Word(fake, "getError", 0, () => Throws("getError", "getNbErrors", Constant.One), 0);
        Failing(fake, method, False, call);

        void Throws(string part, string step, nint function)
        {
            fake.Set(method, Constant.Zero);
            fake.Set("clearErrors", Constant.Zero);
            fake.Set(step, function);
            Should.Throw<TensorRtException>(call).Message.ShouldContain(part);
        }
    }

    private static void PluginLibraries(FakeObject fake, TrtParser parser)
    {
        nint[] names = [(nint)X.Pointer, (nint)X.Pointer];
        fixed (nint* first = names)
        {
            var address = (nint)first;
            Looking(words => *(long*)words[0] = 2, () => Word(fake, "getUsedVCPluginLibraries", address,
                () => parser.GetUsedVCPluginLibraries().ShouldBe(["x", "x"])));
        }

        Word(fake, "getUsedVCPluginLibraries", 0, () => parser.GetUsedVCPluginLibraries().ShouldBeEmpty());
    }
}
