using System.Collections.Concurrent;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Keeps TensorRT's builder from one build to the next. Making one loads the builder resource (1.4 GB in 10.6) and its kernels,
/// which takes seconds, whatever is built. It also takes memory of the host and the GPU, so a builder that nobody needs is
/// dropped after half a minute. One build at a time has it: a builder builds on one thread.
/// </summary>
/// <param name="host">The TensorRT and the GPU that it builds for.</param>
/// <param name="clock">The clock.</param>
internal sealed class BuilderShelf(TensorRtHost host, TimeProvider clock)
{
    /// <summary>How long a builder is kept after a build: for programs that build several engines one after the other.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<TensorRtHost, BuilderShelf> Shelves = [];

    private readonly Lock _gate = new();
    private TrtBuilder? _kept;
    private ITimer? _timer;

    /// <summary>Why TensorRT will probably not find its builder resource; <see langword="null"/> if it will.</summary>
    public string? ResourceProblem { get; private set; }

    /// <summary>The shelf of a host. Hosts live as long as the process.</summary>
    public static BuilderShelf Of(TensorRtHost host) =>
        Shelves.GetOrAdd(host, static host => new(host, TimeProvider.System));

    /// <summary>The builder that was kept, or a new one. The host's CUDA context is current.</summary>
    /// <param name="scratch">A folder that only this user can write to. Nothing is left in it.</param>
    /// <exception cref="TensorRtException">TensorRT makes no builder.</exception>
    public TrtBuilder Take(string scratch)
    {
        if (TakeKept() is { } kept) return kept;
        var (computeMajor, computeMinor) = host.ComputeCapability;
        ResourceProblem = host.Library.UseBuilderResource(host.Installation, computeMajor, computeMinor, scratch);
        return TrtBuilder.Create(host.Library, host.Context);
    }

    /// <summary>
    /// Keeps a builder for the next build. A plan that it made may still be read: it is a child of the builder and holds it, so
    /// TensorRT's object lives until both are disposed of.
    /// </summary>
    public void Keep(TrtBuilder builder)
    {
        TrtBuilder? before;
        lock (_gate)
        {
            (before, _kept) = (_kept, builder);
            _timer?.Dispose();
            _timer = clock.CreateTimer(static shelf => ((BuilderShelf)shelf!).Drop(), this, KeptFor, Timeout.InfiniteTimeSpan);
        }

        before?.Dispose();
    }

    /// <summary>Disposes of the kept builder, on any thread.</summary>
    public void Drop() => TakeKept()?.Dispose();

    private TrtBuilder? TakeKept()
    {
        lock (_gate)
        {
            var kept = _kept;
            _kept = null;
            _timer?.Dispose();
            _timer = null;
            return kept;
        }
    }
}
