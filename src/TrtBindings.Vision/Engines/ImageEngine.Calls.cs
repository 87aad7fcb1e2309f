namespace TrtBindings.Vision;

/// <content>Calls, from the pictures to their results.</content>
public abstract partial class ImageEngine<TResult>
{
    private void Fill<TPictures>(
        scoped in TPictures pictures, ReadOnlySpan<TResult> results, ResultBuffer? buffer, CancellationToken cancellationToken)
        where TPictures : IPictures, allows ref struct
    {
        using var call = _gate.Enter();
        foreach (var result in results) Clear(result);
        var slot = _slots[call.Slot];
        Prepare(slot, pictures);
        slot.Run(Filler, cancellationToken);
        pictures.KeepAlive();
        Read(slot, results, buffer);
    }

    private Task FillAsync<TPictures>(
        scoped in TPictures pictures, IReadOnlyList<TResult> results, ResultBuffer? buffer, string name,
        CancellationToken cancellationToken)
        where TPictures : IPictures, allows ref struct
    {
        TResult[] own;
        try
        {
            ArgumentNullException.ThrowIfNull(results, name);
            own = [.. results];
            OptionCheck.OneForEach(pictures.Count, own, name);
        }
        catch (ArgumentException e)
        {
            return Task.FromException(e);
        }

        return RunAsync(pictures, static all => all, cancellationToken, own, buffer);
    }

    private Task<TOut> RunAsync<TPictures, TOut>(
        scoped in TPictures pictures, Func<TResult[], TOut> of, CancellationToken cancellationToken, TResult[]? results = null,
        ResultBuffer? buffer = null)
        where TPictures : IPictures, allows ref struct
    {
        EngineGate.Pass call = default;
        try
        {
            call = _gate.Enter();
            foreach (var result in results ?? []) Clear(result);
            var slot = _slots[call.Slot];
            Prepare(slot, pictures);
            var done = new TaskCompletionSource<TOut>(TaskCreationOptions.RunContinuationsAsynchronously);
            var before = _slots.Count > 1 ? Interlocked.Exchange(ref _last, done.Task) : Task.CompletedTask;
            var run = slot.RunAsync(Filler, cancellationToken);
            _ = FinishAsync(call, slot, run, results ?? NewResults(pictures.Count), buffer, of, before, done);
            // Which ends the call. Ended twice, it would free a slot that another call has by then.
            call = default;
            // A producer may wait for the release as soon as this returns.
            slot.Gpu?.Order.WaitUntilQueued(run);
            return done.Task;
        }
        catch (Exception e)
        {
            call.Dispose();
            return Task.FromException<TOut>(e);
        }
    }

    /// <summary>Runs the model, and ends the task after that of the call before it.</summary>
    private async Task FinishAsync<TOut>(
        EngineGate.Pass call, EngineSlot<TResult> slot, Task run, TResult[] results, ResultBuffer? buffer,
        Func<TResult[], TOut> of, Task before, TaskCompletionSource<TOut> done)
    {
        TOut value;
        try
        {
            using (call)
            {
                try
                {
                    await run.ConfigureAwait(false);
                }
                finally
                {
                    await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                Read(slot, results, buffer);
            }

            value = of(results);
        }
        catch (OperationCanceledException e)
        {
            done.SetCanceled(e.CancellationToken);
            return;
        }
        catch (Exception e)
        {
            done.SetException(e);
            return;
        }

        done.SetResult(value);
    }

    private void Read(EngineSlot<TResult> slot, ReadOnlySpan<TResult> results, ResultBuffer? buffer)
    {
        buffer?.Reset();
        try
        {
            for (var i = 0; i < results.Length; i++)
            {
                if (_slots.Places.Postprocesses) slot.Gpu!.Read(i, results[i], buffer);
                else Read(i, results[i], buffer);
            }
        }
        catch
        {
            foreach (var result in results) Clear(result);
            throw;
        }

        slot.Runner.End(slot.Gpu?.Work.LastTimes);
        lock (_timesGate)
        {
            _times = slot.Runner.LastTimings;
            if (slot.Gpu?.Postprocessor is { } postprocessor) Ended(postprocessor, results.Length);
        }
    }
}
