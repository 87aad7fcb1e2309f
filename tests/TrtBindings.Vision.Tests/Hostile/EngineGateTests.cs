namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>The gate that admits one call at a time into an engine, tested without an engine.</summary>
public sealed class EngineGateTests
{
    [Fact]
    public void What_is_guarded_is_freed_once_and_after_the_call_that_has_it()
    {
        var freed = 0;
        var gate = new EngineGate("x.onnx", () => freed++);
        using (gate.Enter())
        {
            gate.Dispose();
            gate.Dispose();
            freed.ShouldBe(0);
            Should.Throw<ObjectDisposedException>(() => Pass(gate));
        }

        freed.ShouldBe(1);
        gate.Dispose();
        Should.Throw<ObjectDisposedException>(() => Pass(gate));
        freed.ShouldBe(1);
    }

    [Fact]
    public void A_call_that_was_refused_does_not_let_another_in()
    {
        var gate = new EngineGate("x.onnx", () => { });
        using (gate.Enter())
        {
            Should.Throw<EngineInUseException>(() => Pass(gate)).Model.ShouldBe("x.onnx");
            Should.Throw<EngineInUseException>(() => Pass(gate)).Message.ShouldContain("'x.onnx'");
        }

        Pass(gate);
    }

    [Fact]
    public async Task Many_threads_and_a_disposal_among_them_never_meet_inside()
    {
        for (var round = 0; round < 200; round++)
        {
            var (inside, freed, wrong) = (0, 0, 0);
            var gate = new EngineGate("x.onnx", () =>
            {
                if (Interlocked.Increment(ref freed) > 1 || Volatile.Read(ref inside) > 0) Interlocked.Increment(ref wrong);
            });
            void Call(int number)
            {
                if (number == 5) gate.Dispose();
                try
                {
                    using var call = gate.Enter();
                    if (Interlocked.Increment(ref inside) > 1 || Volatile.Read(ref freed) > 0) Interlocked.Increment(ref wrong);
                    Interlocked.Decrement(ref inside);
                }
                catch (Exception error) when (error is EngineInUseException or ObjectDisposedException)
                {
                    // The thread that comes second.
                }
            }

            await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Call(number))))
                .WaitAsync(TimeSpan.FromSeconds(10));
            (wrong, freed).ShouldBe((0, 1));
        }
    }

    private static void Pass(EngineGate gate)
    {
        using var call = gate.Enter();
    }
}
