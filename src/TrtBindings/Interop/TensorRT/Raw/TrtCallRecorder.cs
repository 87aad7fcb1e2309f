using System.Collections.Concurrent;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// Records which methods were called on which version, so that a test run on a real library can say what it covered. It records
/// nothing unless <see cref="Start"/> was called before the library was loaded. Then only the first call of each method costs
/// time.
/// </summary>
internal sealed class TrtCallRecorder
{
    private readonly ConcurrentDictionary<(TrtVersion Version, TrtMethod Method), bool> _calls = [];

    private TrtCallRecorder()
    {
    }

    /// <summary>
    /// The recorder of the slot tables that are made from now on; <see langword="null"/> while recording is off.
    /// </summary>
    public static TrtCallRecorder? Current { get; private set; }

    /// <summary>The versions on which a method was called.</summary>
    public IReadOnlyCollection<TrtVersion> Versions => [.. _calls.Keys.Select(call => call.Version).Distinct()];

    /// <summary>Starts recording for libraries that are loaded from now on.</summary>
    public static TrtCallRecorder Start() => Current = new();

    /// <summary>Stops recording for libraries that are loaded from now on.</summary>
    public static void Stop() => Current = null;

    /// <summary>The methods that were called on a version, in the order of the enum.</summary>
    public IReadOnlyList<TrtMethod> CalledOn(TrtVersion version) =>
        [.. _calls.Keys.Where(call => call.Version == version).Select(call => call.Method).Order()];

    /// <summary>Records a method. The slot table calls this when the address is looked up, just before the call.</summary>
    internal void Note(TrtVersion version, TrtMethod method) => _calls.TryAdd((version, method), true);
}
