using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The slots that one loaded library has: an array by <see cref="TrtMethod"/>, and the layouts of the callback classes.
/// </summary>
internal sealed class TrtSlotTable
{
    private const int Absent = -1;

    /// <summary>Below any slot's complement.</summary>
    private const int Missing = int.MinValue;

    private static readonly string[] Names = Enum.GetNames<TrtMethod>();

    /// <summary>
    /// The slot; <see cref="Missing"/>; or, while a recorder waits for the first call, the slot's complement, so that a
    /// recorder costs nothing where there is none.
    /// </summary>
    private readonly int[] _slots = new int[Names.Length];
    private readonly TrtCallRecorder? _recorder = TrtCallRecorder.Current;
    private readonly Dictionary<(string Class, string Method), int> _byName = [];
    private readonly TrtSlotData _data;

    private TrtSlotTable(TrtVersion version, bool microsoft, TrtSlotData data)
    {
        (Version, IsMicrosoft, _data) = (version, microsoft, data);
        foreach (var row in data.RowsOf(version.Minor))
            _byName[(row.Class, row.Method)] = microsoft ? row.Microsoft : row.Itanium;
        for (var i = 0; i < Names.Length; i++)
        {
            var slot = _byName.GetValueOrDefault(RowOf((TrtMethod)i), Absent);
            _slots[i] = slot < 0 ? Missing : _recorder is null ? slot : ~slot;
        }
    }

    /// <summary>The version that the table is for.</summary>
    public TrtVersion Version { get; }

    /// <summary>Whether the entries are those of the Microsoft ABI.</summary>
    public bool IsMicrosoft { get; }

    /// <summary>The table for a version.</summary>
    /// <param name="version">Of a known major.</param>
    /// <param name="microsoft">Which ABI; <see langword="null"/> for the one of this process.</param>
    public static TrtSlotTable For(TrtVersion version, bool? microsoft = null) =>
        new(version, microsoft ?? OperatingSystem.IsWindows(), TrtSlotData.Load(version.Major));

    /// <summary>The class and the method in the slot data that a member stands for.</summary>
    public static (string Class, string Method) RowOf(TrtMethod method)
    {
        var name = Names[(int)method];
        var split = name.IndexOf('_', StringComparison.Ordinal);
        var (type, member) = (name[..split], name[(split + 1)..]);
        var prefix = type is "NoCopy" or "Parser" or "ParserError" or "ParserRefitter" or "PluginRegistry" ? "I" : "V";
        return (prefix + type, member == "Delete" ? "~delete" : char.ToLowerInvariant(member[0]) + member[1..]);
    }

    /// <summary>Whether this version has the method.</summary>
    public bool Has(TrtMethod method) => _slots[(int)method] != Missing;

    /// <summary>The entry of a method in the table of its class.</summary>
    /// <exception cref="TensorRtException">The loaded version does not have it.</exception>
    public int Slot(TrtMethod method)
    {
        var slot = _slots[(int)method];
        return slot >= 0 ? slot : FirstCall(method, slot);
    }

    /// <summary>The entry of a method of a class that this library implements.</summary>
    public int SlotOf(string type, string method) => _byName.GetValueOrDefault((type, method), Absent);

    /// <summary>How many entries the table of a class has.</summary>
    public int EntriesOf(string type) => _byName.Where(row => row.Key.Class == type).Max(row => row.Value) + 1;

    private int FirstCall(TrtMethod method, int complement)
    {
        if (complement == Missing) ThrowAbsent(method);
        _recorder!.Note(Version, method);
        return _slots[(int)method] = ~complement;
    }

    [DoesNotReturn]
    private void ThrowAbsent(TrtMethod method)
    {
        var (type, name) = RowOf(method);
        var later = _data.Rows.FirstOrDefault(row => row.Class == type && row.Method == name);
        var reason = later.Class is null
            ? $"TensorRT {Version.Major} does not have it."
            : $"it came with TensorRT {Version.Major}.{later.Since}.";
        throw new TensorRtException($"I{type[1..]}.{name}", Version.ToString(), [], $"cannot be called: {reason}");
    }
}
