using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Calls a wrapper on a fake and compares what arrived.</summary>
public abstract unsafe class WrapperTestBase
{
    /// <summary>A bool of C++: the byte counts, and what is above it is anything.</summary>
    private protected static readonly nint True = unchecked((nint)0xDEADBEEF_FFFFFF01);

    /// <inheritdoc cref="True"/>
    private protected static readonly nint False = unchecked((nint)0xDEADBEEF_FFFFFF00);

    private protected static TrtName X { get; } = new("x");

    private protected static TrtDims Shape { get; } = new(1, 3, -1, 640);

    private protected static FakeObject Make(TrtLibrary library, string type)
    {
        var fake = new FakeObject(library.Slots, type);
        FakeLibrary.Made = fake.Address;
        return fake;
    }

    private protected static TrtEngine MakeEngine(TrtLibrary library, out FakeObject engine)
    {
        var runtime = Make(library, "VRuntime");
        engine = new(library.Slots, "VCudaEngine");
        runtime.SetOnly("deserializeCudaEngine", FakeFunctions.OfWords);
        FakeFunctions.Word = engine.Address;
        using var owner = TrtRuntime.Create(library);
        return owner.DeserializeCudaEngine([1]);
    }

    private protected static TrtContext MakeContext(TrtLibrary library, out FakeObject context)
    {
        using var engine = MakeEngine(library, out var fake);
        context = new(library.Slots, "VExecutionContext");
        fake.SetOnly("createExecutionContext", FakeFunctions.OfWords);
        FakeFunctions.Word = context.Address;
        return engine.CreateExecutionContext(TrtExecutionContextAllocationStrategy.Static);
    }

    /// <summary>One call that gives a word: the entry, the object and the arguments must be the method's.</summary>
    private protected static void Word(FakeObject fake, string method, nint result, Action call, params nint[] arguments)
    {
        fake.SetOnly(method, FakeFunctions.OfWords);
        FakeFunctions.Word = result;
        Call(fake, method, call, arguments);
    }

    /// <summary>One call with a tensor's name before its other arguments.</summary>
    private protected static void Named(FakeObject fake, string method, nint result, Action call, params nint[] arguments) =>
        Word(fake, method, result, call, [(nint)X.Pointer, .. arguments]);

    /// <summary>A call that gives a bool: true passes, false is an error that names the method.</summary>
    private protected static void Check(FakeObject fake, string method, Action call, params nint[] arguments)
    {
        Word(fake, method, True, call, arguments);
        Failing(fake, method, False, call);
    }

    /// <summary>A result that means failure is a typed error that names the method.</summary>
    private protected static void Failing(FakeObject fake, string method, nint result, Action call)
    {
        fake.SetOnly(method, FakeFunctions.OfWords);
        FakeFunctions.Word = result;
        var error = Should.Throw<TensorRtException>(call, method);
        error.Function.ShouldEndWith("." + method.Replace("V2", "", StringComparison.Ordinal));
    }

    /// <summary>A call that gives a shape through the hidden pointer.</summary>
    private protected static void Dims(FakeObject fake, string method, Func<object> call, params nint[] arguments)
    {
        fake.SetOnly(method, FakeFunctions.OfDims);
        FakeFunctions.Dims = Shape;
        Call(fake, method, () => ((TrtDims)call()).ToArray().ShouldBe([1, 3, -1, 640]), [(nint)X.Pointer, .. arguments]);
    }

    /// <summary>A call that gives TensorRT a text: it is read during the call.</summary>
    private protected static void Text(FakeObject fake, string method, Action call, string text)
    {
        fake.SetOnly(method, TextReader.Function);
        call();
        TextReader.Seen.ShouldBe(text);
    }

    private static void Call(FakeObject fake, string method, Action call, nint[] arguments)
    {
        FakeFunctions.Last = null;
        FakeFunctions.Strays = 0;
        call();
        FakeFunctions.Last.ShouldNotBeNull($"{method} was not called");
        FakeFunctions.Strays.ShouldBe(0, $"{method}: another entry was called");
        FakeFunctions.Last.This.ShouldBe(fake.This, method);
        for (var i = 0; i < arguments.Length; i++)
        {
            var (got, expected) = (FakeFunctions.Last.Arguments[i], arguments[i]);
            // Above an argument of 32 bits the register holds anything.
            if (expected is >= int.MinValue and <= int.MaxValue) got = (int)got;
            got.ShouldBe(expected, $"{method}, argument {i}");
        }
    }
}
