namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>A class of methods.txt, and where its methods are in one release.</summary>
internal sealed class ClassTable(string name, string cppName, bool isCallback, bool isUsed, TableLine line)
{
    /// <summary>The name of the deleting destructor's entry.</summary>
    public const string Deleting = "~delete";

    /// <summary>The class, without its namespace: VRuntime, IParser.</summary>
    public string Name => name;

    /// <summary>The public class with its namespace: nvinfer1::IRuntime.</summary>
    public string CppName => cppName;

    /// <summary>Whether applications implement it and TensorRT calls it.</summary>
    public bool IsCallback => isCallback;

    /// <summary>Whether TrtBindings implements it.</summary>
    public bool IsUsed => isUsed;

    /// <summary>Where the class begins.</summary>
    public TableLine Line => line;

    /// <summary>Its methods, in the order of the file.</summary>
    public List<MethodRow> Methods { get; } = [];

    /// <summary>Slots that one release alone has.</summary>
    public Dictionary<(int Major, int Minor), Dictionary<string, int>> Only { get; } = [];

    /// <summary>
    /// The class's entries in a release, ordered by their Itanium slot; empty where the release lacks the class.
    /// </summary>
    public IReadOnlyList<TableEntry> EntriesOf(int majorIndex, int major, int minor)
    {
        var moved = Only.TryGetValue((major, minor), out var found) ? found : [];
        var entries = new List<TableEntry>();
        foreach (var row in Methods)
        {
            var isMoved = moved.TryGetValue(row.Name, out var slot);
            if (!isMoved) slot = row.Slots[majorIndex];
            if (slot < 0 || (!isMoved && row.Since.FirstMinorIn(major) > minor)) continue;
            entries.Add(new(row, row.Name, slot));
            if (row.Name == MethodRow.Destructor) entries.Add(new(row, Deleting, slot + 1));
        }

        entries.Sort((left, right) => left.Itanium.CompareTo(right.Itanium));
        SetMicrosoftSlots(entries);
        return entries;
    }

    /// <summary>
    /// The Microsoft ABI orders a table like the Itanium ABI, with two exceptions: a destructor has one entry, and overloads of
    /// one name stand together where the first one is declared, in reverse order.
    /// </summary>
    private static void SetMicrosoftSlots(List<TableEntry> entries)
    {
        var order = new List<TableEntry>();
        foreach (var entry in entries)
        {
            if (entry.Method == MethodRow.Destructor) continue;
            var first = order.FindIndex(other => other.Method == entry.Method);
            order.Insert(first < 0 ? order.Count : first, entry);
        }

        for (var i = 0; i < order.Count; i++) order[i].Microsoft = i;
    }
}

/// <summary>One entry of a class's method table in one release.</summary>
internal sealed class TableEntry(MethodRow row, string method, int itanium)
{
    /// <summary>The line of the file that it is from.</summary>
    public MethodRow Row => row;

    /// <summary>The method's name; "~" and "~delete" are the two entries of a destructor.</summary>
    public string Method => method;

    /// <summary>Slot in the Itanium ABI.</summary>
    public int Itanium => itanium;

    /// <summary>Slot in the Microsoft ABI; −1 for "~", which it does not have.</summary>
    public int Microsoft { get; set; } = -1;
}
