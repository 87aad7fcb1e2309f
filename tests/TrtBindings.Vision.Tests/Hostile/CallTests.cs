using System.Runtime.InteropServices;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>Every engine, called from two threads, disposed during a call, and run on NaN.</summary>
public sealed class CallTests
{
    private static readonly ImageMemory Photo = BlobPhotos.Make(3, 75, 50);

    public static TheoryData<string> Names => EngineUnderTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_meanwhile_is_refused_and_the_first_one_ends_as_if_alone(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var before = engine.One(Photo);
        var other = BlobPhotos.Make(9, 30, 90);
        engine.Model.Ran = _ =>
        {
            Should.Throw<EngineInUseException>(() => OnAnotherThread(() => engine.One(other)));
            Should.Throw<EngineInUseException>(() => OnAnotherThread(() => engine.Many([other])));
            Should.Throw<EngineInUseException>(() => OnAnotherThread(() => engine.Own(other)));
            Should.Throw<EngineInUseException>(() => OnAnotherThread(() => engine.OwnMany([other])));
        };
        engine.One(Photo).ShouldBe(before);
        engine.Many([Photo]).ShouldBe([before]);
        engine.Own(Photo).ShouldBe(before);
        engine.OwnMany([Photo]).ShouldBe(before);
        engine.Model.Ran = null;
        OnAnotherThread(() => engine.One(Photo)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_engine_disposed_under_a_call_ends_the_call_and_takes_no_other(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var before = engine.One(Photo);
        engine.Model.Ran = _ => engine.Dispose();
        engine.One(Photo).ShouldBe(before);
        Should.Throw<ObjectDisposedException>(() => engine.One(Photo)).Message.ShouldContain("is disposed");
        Should.Throw<ObjectDisposedException>(() => engine.Many([Photo]));
        Should.Throw<ObjectDisposedException>(() => engine.Own(Photo));
        Should.Throw<ObjectDisposedException>(() => engine.OwnMany([Photo]));
        engine.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_that_fails_lets_the_next_call_in(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var before = engine.One(Photo);
        engine.Model.Ran = _ => throw new TimeoutException();
        Should.Throw<TimeoutException>(() => engine.One(Photo));
        Should.Throw<TimeoutException>(() => engine.Many([Photo]));
        Should.Throw<TimeoutException>(() => engine.Own(Photo));
        Should.Throw<TimeoutException>(() => engine.OwnMany([Photo]));
        engine.Model.Ran = null;
        engine.One(Photo).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_a_number_is_no_find_no_class_and_never_a_crash(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        engine.Model.Ran = outputs => Fill(outputs, float.NaN);
        if (name == "Classes")
        {
            Should.Throw<TensorException>(() => engine.One(Photo)).Message.ShouldContain("not a number");
            Should.Throw<TensorException>(() => engine.Many([Photo]));
        }
        else if (name is "Pixels" or "OnePlane")
        {
            // torch's argmax, too, gives the first class.
            engine.One(Photo).ShouldBe("75x50 " + new string('0', 2 * 75 * 50));
        }
        else
        {
            engine.One(Photo).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Infinite_numbers_are_never_a_crash(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        foreach (var value in new[] { float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue })
        {
            engine.Model.Ran = outputs => Fill(outputs, value);
            if (name == "Classes" && float.IsInfinity(value)) Should.Throw<TensorException>(() => engine.One(Photo));
            else engine.One(Photo).ShouldNotBeNull();
        }
    }

    /// <summary>Gives every number of every float output a value.</summary>
    private static void Fill(ModelOutputs outputs, float value)
    {
        foreach (var output in outputs.Tensors.OfType<OutputTensor<float>>())
            MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(output.Span), output.Span.Length).Fill(value);
    }

    private static T OnAnotherThread<T>(Func<T> call) => Task.Run(call).GetAwaiter().GetResult();
}
