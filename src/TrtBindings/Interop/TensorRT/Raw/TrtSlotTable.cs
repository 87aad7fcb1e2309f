using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// The slots of one loaded library: for each <see cref="TrtMethod"/> its place in the method table of its class.
/// </summary>
internal sealed class TrtSlotTable
{
    /// <summary>Smaller than the complement of any slot.</summary>
    private const int Missing = int.MinValue;

    /// <summary>
    /// The slot, or <see cref="Missing"/>. While a recorder waits for the first call of a method, the complement of the slot, so
    /// that calls cost nothing more when nothing records.
    /// </summary>
    private readonly int[] _slots = new int[TrtSlots.Count];
    private readonly TrtCallRecorder? _recorder = TrtCallRecorder.Current;

    /// <summary>Lays out the slots of a release.</summary>
    /// <param name="version">A version of a known major.</param>
    /// <param name="microsoft">
    /// Whether the library follows the Microsoft C++ ABI; <see langword="null"/> for the ABI of this platform.
    /// </param>
    public TrtSlotTable(TrtVersion version, bool? microsoft = null)
    {
        (Version, IsMicrosoft) = (version, microsoft ?? OperatingSystem.IsWindows());
        var slots = TrtSlots.Of(version.Major, version.Minor, IsMicrosoft);
        var firstMinors = TrtSlots.FirstMinors(version.Major);
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i] = slots[i] == TrtSlots.Absent || firstMinors[i] > version.Minor ? Missing
                : _recorder is null ? slots[i]
                : ~slots[i];
        }
    }

    /// <summary>The version that the slots are for.</summary>
    public TrtVersion Version { get; }

    /// <summary>Whether the slots are those of the Microsoft C++ ABI.</summary>
    public bool IsMicrosoft { get; }

    /// <summary>Whether this version has the method.</summary>
    public bool Has(TrtMethod method) => _slots[(int)method] != Missing;

    /// <summary>The place of a method in the table of its class.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have the method.</exception>
    public int Slot(TrtMethod method)
    {
        var slot = _slots[(int)method];
        return slot >= 0 ? slot : FirstCall(method, slot);
    }

    private int FirstCall(TrtMethod method, int complement)
    {
        if (complement == Missing) ThrowMissing(method);
        _recorder!.Note(Version, method);
        return _slots[(int)method] = ~complement;
    }

    [DoesNotReturn]
    private void ThrowMissing(TrtMethod method)
    {
        var reason = TrtSlots.Of(Version.Major, Version.Minor, IsMicrosoft)[(int)method] == TrtSlots.Absent
            ? $"TensorRT {Version.Major} does not have it."
            : $"it came with TensorRT {Version.Major}.{TrtSlots.FirstMinors(Version.Major)[(int)method]}.";
        var parts = method.ToString().Split('_');
        throw new TensorRtException($"I{parts[0]}.{char.ToLowerInvariant(parts[1][0])}{parts[1][1..]}", Version.ToString(), [],
            $"cannot be called: {reason}");
    }
}
