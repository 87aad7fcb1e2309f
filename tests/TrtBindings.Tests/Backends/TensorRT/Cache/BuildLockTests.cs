using System.Diagnostics;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class BuildLockTests : CacheFixture
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Of_many_builders_one_builds_and_the_others_find_its_engine()
    {
        var builds = 0;
        var inside = 0;
        var builders = Enumerable.Range(0, 6).Select(_ => Task.Factory.StartNew(() =>
        {
            var cache = Open();
            using var held = cache.Lock(Key);
            Interlocked.Increment(ref inside).ShouldBe(1);
            if (cache.TryGet(Key, out var engine, out var _)) engine.Dispose();
            else
            {
                Interlocked.Increment(ref builds);
                Store(cache, Key, Plan(100_000));
            }

            Interlocked.Decrement(ref inside);
        }, TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(builders).WaitAsync(Hang);
        builds.ShouldBe(1);
    }

    [Fact]
    public void Engines_of_different_keys_are_built_side_by_side()
    {
        using var one = Open().Lock(Key);
        using var other = Open().Lock(Key with { Precision = "fp16" });
        other.ShouldNotBeNull();
    }

    [Fact]
    public void A_wait_says_so_once_and_can_be_cancelled()
    {
        using var held = Open().Lock(Key);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var said = 0;
        Should.Throw<OperationCanceledException>(() => Open().Lock(Key, () => said++, cancellation.Token));
        said.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Another_process_keeps_the_lock_until_it_dies()
    {
        const string Locker = "/usr/bin/flock";
        Skip.If(OperatingSystem.IsWindows(), "flock is a program of Linux.");
        Skip.IfNot(File.Exists(Locker), "There is no flock program here.");
        Open().Lock(Key).Dispose();
        var path = Directory.GetFiles(Folder, "*.lock").Single();
        using var other = Process.Start(new ProcessStartInfo(Locker, ["-o", path, "sh", "-c", "echo held; exec sleep 60"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            (await other.StandardOutput.ReadLineAsync().WaitAsync(Hang)).ShouldBe("held");
            BuildLock.TryTake(path).ShouldBeNull();
            var waiting = new TaskCompletionSource();
            var wait = Task.Run(() => Open().Lock(Key, waiting.SetResult));
            await waiting.Task.WaitAsync(Hang);
            wait.IsCompleted.ShouldBeFalse();
            other.Kill(entireProcessTree: true);
            (await wait.WaitAsync(Hang)).Dispose();
        }
        finally
        {
            if (!other.HasExited) other.Kill(entireProcessTree: true);
        }
    }
}
