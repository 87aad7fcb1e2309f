using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// The real libraries on which each virtual method that the product calls was called. It is a text file,
/// <see cref="RepositoryPath"/>. The GPU test program adds its calls, and docs/gpu.md shows the table.
/// </summary>
internal sealed class SlotLedger
{
    /// <summary>The file of the ledger.</summary>
    public const string RepositoryPath = "tests/gpu/slot-ledger.txt";

    private const string Never = "never";

    private const string Head = """
        # Each virtual method of TensorRT that TrtBindings can call, and the real libraries on which a run of the tests called it.
        # Written by the GPU test program (TrtBindings.Gpu.Tests); a stand-in never counts.
        """;

    private readonly SortedDictionary<TrtMethod, SortedSet<string>> _libraries = [];

    /// <summary>A ledger of all methods without any library.</summary>
    public SlotLedger()
    {
        foreach (var method in Enum.GetValues<TrtMethod>()) _libraries[method] = new(StringComparer.Ordinal);
    }

    /// <summary>The libraries on which a method was called, as <see cref="Add"/> named them.</summary>
    public IReadOnlyCollection<string> LibrariesOf(TrtMethod method) => _libraries[method];

    /// <summary>Reads the text of <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">
    /// A line names an unknown method, or a method has no line or two. Update the ledger after a change of TrtMethod.
    /// </exception>
    public static SlotLedger Parse(string text)
    {
        var ledger = new SlotLedger();
        var seen = new HashSet<TrtMethod>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ', 2);
            if (parts.Length != 2 || !Enum.TryParse<TrtMethod>(parts[0], out var method) || !seen.Add(method))
                throw new FormatException($"'{line}' is no line of the slot ledger, or the second of its method.");
            if (parts[1] == Never) continue;
            ledger._libraries[method].UnionWith(parts[1].Split(", "));
        }

        var missing = ledger._libraries.Keys.Except(seen).ToArray();
        return missing.Length == 0
            ? ledger
            : throw new FormatException($"The slot ledger has no line for {string.Join(", ", missing)}.");
    }

    /// <summary>Adds the methods that a run called on a library.</summary>
    /// <param name="library">The version, and what kind of library: <c>10.6.0.26</c>, <c>11.4.0.106 lean</c>.</param>
    /// <param name="methods">For instance <see cref="TrtCallRecorder.CalledOn"/>.</param>
    public void Add(string library, IEnumerable<TrtMethod> methods)
    {
        foreach (var method in methods) _libraries[method].Add(library);
    }

    /// <summary>One line for each method.</summary>
    public string ToText() => string.Join('\n',
        [Head, .. _libraries.Select(line => $"{line.Key} {Join(line.Value)}"), ""]).ReplaceLineEndings("\n");

    /// <summary>The table for docs/gpu.md: class, method, slot in the newest 10.x and 11.x, libraries.</summary>
    public string ToMarkdown()
    {
        return string.Join('\n',
        [
            "| method | slot in 10.x | slot in 11.x | run on |",
            "| --- | --: | --: | --- |",
            .. _libraries.Select(line =>
            {
                var row = SlotData.RowOf(line.Key);
                var name = $"I{row.Class[1..]}.{row.Method}";
                return $"| {name} | {Slot(row, 10)} | {Slot(row, 11)} | {Join(line.Value)} |";
            }),
            "",
        ]);
    }

    /// <summary>The number of methods, and of those that were called on a real library.</summary>
    public (int Methods, int Run) Count() => (_libraries.Count, _libraries.Count(line => line.Value.Count > 0));

    private static string Join(SortedSet<string> names) => names.Count == 0 ? Never : string.Join(", ", names);

    /// <summary>The slot on Linux, with the minor that brought it.</summary>
    private static string Slot((string Class, string Method) method, int major)
    {
        var entry = SlotData.Methods.Find(method.Class)!.EntriesOf(SlotData.Methods.IndexOf(major), major, int.MaxValue)
            .FirstOrDefault(entry => entry.Method == method.Method && entry.Row.IsUsed);
        if (entry is null) return "–";
        var minor = entry.Row.Since.FirstMinorIn(major);
        return minor == 0 ? $"{entry.Itanium}" : $"{entry.Itanium} ({major}.{minor})";
    }
}
