using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Calls a wrapper on a fake object and compares slot, object and arguments.</summary>
public abstract unsafe class WrapperTestBase
{
    /// <summary>A C++ bool: only the low byte is defined.</summary>
    private protected static readonly nint True = unchecked((nint)0xDEADBEEF_FFFFFF01);

    /// <inheritdoc cref="True"/>
    private protected static readonly nint False = unchecked((nint)0xDEADBEEF_FFFFFF00);

    /// <summary>Versions of libraries, each in the order of both ABIs.</summary>
    public static TheoryData<int, bool> Libraries
    {
        get
        {
            var data = new TheoryData<int, bool>();
            foreach (var version in new[] { 100000, 100600, 100800, 101600, 110100 })
            {
                data.Add(version, false);
                data.Add(version, true);
            }

            return data;
        }
    }

    /// <summary>The methods that were compared, by class and name in the data files.</summary>
    internal static HashSet<(string Class, string Method)> Covered { get; } = [];

    private protected static TrtName X { get; } = new("x");

    private protected static TrtDims Shape { get; } = new(1, 3, -1, 640);

    /// <summary>The object got an error recorder of its own when it was wrapped.</summary>
    private protected static void HasRecorder(FakeObject fake, TrtHandle wrapper)
    {
        wrapper.Recorder.ShouldNotBeNull().Raw.ShouldBe(fake.Recorder, fake.Type);
        Covered.Add((fake.Type, "setErrorRecorder"));
    }

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

    private protected static TrtBuilder MakeBuilder(TrtLibrary library, out FakeObject builder)
    {
        builder = Make(library, "VBuilder");
        return TrtBuilder.Create(library);
    }

    private protected static TrtNetwork MakeNetwork(TrtBuilder builder, FakeObject owner, out FakeObject network)
    {
        network = new(builder.Library.Slots, "VNetworkDefinition");
        owner.SetOnly("createNetworkV2", FakeFunctions.OfWords);
        FakeFunctions.Word = network.Address;
        return builder.CreateNetworkV2();
    }

    /// <summary>A call that returns a word: slot, object and arguments must be right.</summary>
    private protected static void Word(FakeObject fake, string method, nint result, Action call, params nint[] arguments)
    {
        fake.SetOnly(method, FakeFunctions.OfWords);
        FakeFunctions.Word = result;
        Call(fake, method, call, arguments);
    }

    /// <summary>A call whose first argument is the name of a tensor.</summary>
    private protected static void Named(FakeObject fake, string method, nint result, Action call, params nint[] arguments) =>
        Word(fake, method, result, call, [(nint)X.Pointer, .. arguments]);

    /// <summary>A call that returns a bool: false must become an error that names the method.</summary>
    private protected static void Check(FakeObject fake, string method, Action call, params nint[] arguments)
    {
        Word(fake, method, True, call, arguments);
        Failing(fake, method, False, call);
    }

    /// <summary>A result that means failure must become an error that names the method.</summary>
    private protected static void Failing(FakeObject fake, string method, nint result, Action call)
    {
        fake.SetOnly(method, FakeFunctions.OfWords);
        FakeFunctions.Word = result;
        var error = Should.Throw<TensorRtException>(call, method);
        error.Function.Split('.')[^1].ShouldBeOneOf(method, method.Replace("V2", "", StringComparison.Ordinal));
    }

    /// <summary>A getter of a bool, with both results.</summary>
    private protected static void Bool(FakeObject fake, string method, Func<bool> call, params nint[] arguments)
    {
        Word(fake, method, True, () => call().ShouldBeTrue(), arguments);
        Word(fake, method, False, () => call().ShouldBeFalse(), arguments);
    }

    /// <summary>A getter of a text, with a text and with null.</summary>
    private protected static void String(
        FakeObject fake, string method, Func<string?> call, string? none, params nint[] arguments)
    {
        Word(fake, method, (nint)X.Pointer, () => call().ShouldBe("x"), arguments);
        Word(fake, method, 0, () => call().ShouldBe(none), arguments);
    }

    /// <summary>A call with a tensor name that returns a shape through the hidden pointer.</summary>
    private protected static void Dims(FakeObject fake, string method, Func<TrtDims> call, params nint[] arguments) =>
        PlainDims(fake, method, call, [(nint)X.Pointer, .. arguments]);

    /// <summary>A call that returns a shape through the hidden pointer.</summary>
    private protected static void PlainDims(FakeObject fake, string method, Func<TrtDims> call, params nint[] arguments)
    {
        fake.SetOnly(method, FakeFunctions.OfDims);
        FakeFunctions.Dims = Shape;
        Call(fake, method, () => call().ToArray().ShouldBe([1, 3, -1, 640]), arguments);
    }

    /// <summary>A call that passes a text, which is read during the call.</summary>
    private protected static void Text(
        FakeObject fake, string method, Action call, string text, nint result = 1, int argument = 0, params nint[] arguments)
    {
        var seen = "";
        Looking(words => seen = Marshal.PtrToStringUTF8(words[argument]), () => Word(fake, method, result, call, arguments));
        seen.ShouldBe(text, method);
    }

    /// <summary>A call that passes the address of <see cref="Shape"/>, which is read during the call.</summary>
    private protected static void ShapeGiven(
        FakeObject fake, string method, nint result, int argument, Action call, params nint[] arguments)
    {
        long[] seen = [];
        Looking(words => seen = ((TrtDims*)words[argument])->ToArray(), () => Word(fake, method, result, call, arguments));
        seen.ShouldBe([1, 3, -1, 640], method);
    }

    /// <summary>A call of a function whose arguments or result are not words.</summary>
    private protected static void Other(
        FakeObject fake, string method, nint function, Action call, params nint[] arguments)
    {
        fake.SetOnly(method, function);
        Call(fake, method, call, arguments);
    }

    /// <summary>Reads the memory behind the arguments during a call.</summary>
    private protected static void Looking(Action<nint[]> look, Action call)
    {
        FakeFunctions.Look = look;
        try
        {
            call();
        }
        finally
        {
            FakeFunctions.Look = null;
        }
    }

    /// <summary>Disposing must call the deleting destructor once, with the flag of the Microsoft ABI.</summary>
    private protected static void Deleted(FakeObject fake, IDisposable wrapper)
    {
        FakeObject.Destroyed.Clear();
        FakeFunctions.Strays = 0;
        wrapper.Dispose();
        wrapper.Dispose();
        FakeObject.Destroyed.Where(destroyed => destroyed.Object == fake.Address).ShouldBe([(fake.Address, 1)]);
        FakeFunctions.Strays.ShouldBe(0, $"{fake.Type}: another entry than the deleting destructor was called");
        Covered.Add((fake.Type[0] == 'I' ? fake.Type : "INoCopy", "~delete"));
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
            // The upper half of a register with a 32-bit argument is undefined.
            if (expected is >= int.MinValue and <= int.MaxValue) got = (int)got;
            got.ShouldBe(expected, $"{method}, argument {i}");
        }

        Covered.Add((fake.Type, method));
    }
}
