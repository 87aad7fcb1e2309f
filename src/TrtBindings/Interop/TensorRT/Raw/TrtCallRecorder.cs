using System.Collections.Concurrent;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// Notes which methods were really called on which version, so that a test run on a real library can say what it has shown. Off
/// unless <see cref="Start"/> was called before the library was loaded; then the first call of each method costs a little, and
/// later ones nothing.
/// </summary>
internal sealed class TrtCallRecorder
{
    private readonly ConcurrentDictionary<(TrtVersion Version, TrtMethod Method), bool> _calls = [];

    private TrtCallRecorder()
    {
    }

    /// <summary>
    /// The recorder that slot tables made from now on report to; <see langword="null"/> while recording is off.
    /// </summary>
    public static TrtCallRecorder? Current { get; private set; }

    /// <summary>Versions that anything was called on.</summary>
    public IReadOnlyCollection<TrtVersion> Versions => [.. _calls.Keys.Select(call => call.Version).Distinct()];

    /// <summary>Switches recording on for libraries that are loaded from now on.</summary>
    public static TrtCallRecorder Start() => Current = new();

    /// <summary>Switches recording off for libraries that are loaded from now on.</summary>
    public static void Stop() => Current = null;

    /// <summary>The methods that were called on a version, in the order of their numbers.</summary>
    public IReadOnlyList<TrtMethod> CalledOn(TrtVersion version) =>
        [.. _calls.Keys.Where(call => call.Version == version).Select(call => call.Method).Order()];

    /// <summary>Takes note of a method whose address was asked for, which is done for each call and just before it.</summary>
    internal void Note(TrtVersion version, TrtMethod method) => _calls.TryAdd((version, method), true);
}
