using TrtBindings.Internal.Generators.TensorRt.Data;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TestSupport.TensorRT;

/// <summary>
/// The data files of native/tensorrt, for tests: every method of every class, also those that the product does not call.
/// Nothing here goes through the generated tables, so a generated slot that is wrong is found.
/// </summary>
internal static class SlotData
{
    private static readonly Dictionary<(TrtVersion Version, bool Microsoft), Dictionary<(string, string), int>> Slots = [];

    /// <summary>methods.txt.</summary>
    public static MethodTable Methods { get; } = Read("methods.txt", MethodTable.Parse);

    /// <summary>enums.txt.</summary>
    public static List<EnumTable> Enums { get; } = Read("enums.txt", (file, errors) => EnumTable.Parse(file, errors, out _));

    /// <summary>releases.txt.</summary>
    public static ReleaseTable Releases { get; } = Read("releases.txt", ReleaseTable.Parse);

    /// <summary>The newest minor of a major that the data was compared with.</summary>
    public static int NewestMinor(int major) => Releases.Majors.Single(item => item.Major == major).Newest;

    /// <summary>The classes of a release with their entries.</summary>
    public static IEnumerable<(ClassTable Class, IReadOnlyList<TableEntry> Entries)> ClassesOf(int major, int minor) =>
        from table in Methods.Classes
        let entries = table.EntriesOf(Methods.IndexOf(major), major, minor)
        where entries.Count > 0
        select (table, entries);

    /// <summary>The slot of a method in a library's own layout; −1 where the version does not have it.</summary>
    public static int SlotOf(this TrtSlotTable slots, string type, string method) =>
        Of(slots).GetValueOrDefault((type, method), -1);

    /// <summary>The number of entries of a class's table in a library's own layout.</summary>
    public static int EntriesOf(this TrtSlotTable slots, string type) =>
        Of(slots).Where(row => row.Key.Class == type).Max(row => row.Value) + 1;

    /// <summary>Class and method of a member of <see cref="TrtMethod"/>, as the files name them.</summary>
    public static (string Class, string Method) RowOf(TrtMethod method)
    {
        var (type, name) = (method.ToString().Split('_')[0], method.ToString().Split('_')[1]);
        var table = Methods.Classes.First(item => item.Name[1..] == type && !item.IsCallback);
        return (table.Name, name == "Delete" ? ClassTable.Deleting : char.ToLowerInvariant(name[0]) + name[1..]);
    }

    private static Dictionary<(string Class, string Method), int> Of(TrtSlotTable slots)
    {
        lock (Slots)
        {
            if (Slots.TryGetValue((slots.Version, slots.IsMicrosoft), out var found)) return found;
            found = [];
            foreach (var (table, entries) in ClassesOf(slots.Version.Major, slots.Version.Minor))
            {
                foreach (var entry in entries)
                {
                    var slot = slots.IsMicrosoft ? entry.Microsoft : entry.Itanium;
                    // Of overloads the one that the product calls; the tests call no other.
                    if (slot >= 0 && (!found.ContainsKey((table.Name, entry.Method)) || entry.Row.IsUsed))
                        found[(table.Name, entry.Method)] = slot;
                }
            }

            return Slots[(slots.Version, slots.IsMicrosoft)] = found;
        }
    }

    private static T Read<T>(string name, Func<string, List<TableError>, T> parse)
    {
        using var reader = new StreamReader(typeof(SlotData).Assembly.GetManifestResourceStream(name)!);
        var errors = new List<TableError>();
        var table = parse(reader.ReadToEnd(), errors);
        return errors.Count == 0
            ? table
            : throw new FormatException($"{name}({errors[0].Line + 1}): {errors[0].Message}");
    }
}
