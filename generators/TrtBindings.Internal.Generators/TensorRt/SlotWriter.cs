using System.Globalization;
using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Writes the slots of the methods that TrtBindings calls.</summary>
internal static class SlotWriter
{
    private const int Absent = 255;

    /// <summary>One file.</summary>
    public static IEnumerable<(string Name, string Source)> Write(TensorRtData data)
    {
        var called = data.Methods.Called
            .SelectMany(item => item.Methods.Select(method => (item.Class, Method: method))).ToArray();
        var source = new SourceWriter(GeneratedNames.Raw).Add($$"""

            /// <summary>Where the methods are: constants, indexed by <see cref="TrtMethod"/>.</summary>
            internal static class TrtSlots
            {
                /// <summary>The slot of a method that a major does not have.</summary>
                public const byte Absent = {{Absent}};

                /// <summary>The number of methods.</summary>
                public const int Count = {{called.Length}};

                /// <summary>The slots in a release, of methods that came later too: compare <see cref="FirstMinors"/>.</summary>
                public static System.ReadOnlySpan<byte> Of(int major, int minor, bool microsoft) =>
                    (major, minor, microsoft) switch
                {
            """);
        var tables = Tables(data).ToArray();
        foreach (var (major, minor) in tables)
        {
            var pattern = $"{major}, {(minor == TensorRtRelease.LastMinor ? "_" : $"{minor}")}";
            source.Add($"""
                        ({pattern}, false) => Itanium{Suffix(major, minor)},
                        ({pattern}, true) => Microsoft{Suffix(major, minor)},
                """);
        }

        source.Add("""
                    _ => throw new System.ArgumentOutOfRangeException(nameof(major)),
                };

                /// <summary>The first minor of a major that has each method.</summary>
                public static System.ReadOnlySpan<byte> FirstMinors(int major) => major switch
                {
            """);
        foreach (var major in data.Majors)
            source.Add($"        {major} => [{Join(called.Select(item => item.Method.Since.FirstMinorIn(major)))}],");
        source.Add("""
                    _ => throw new System.ArgumentOutOfRangeException(nameof(major)),
                };
            """);
        foreach (var (major, minor) in tables)
        {
            var entries = called.Select(item => item.Class.EntriesOf(data.Methods.IndexOf(major), major, minor).FirstOrDefault(
                entry => entry.Row == item.Method && entry.Method != MethodRow.Destructor)).ToArray();
            source.Add($"""

                    private static System.ReadOnlySpan<byte> Itanium{Suffix(major, minor)} =>
                        [{Join(entries.Select(entry => entry?.Itanium ?? Absent))}];

                    private static System.ReadOnlySpan<byte> Microsoft{Suffix(major, minor)} =>
                        [{Join(entries.Select(entry => entry?.Microsoft ?? Absent))}];
                """);
        }

        yield return ("TrtSlots", source.Add("}").ToString());
    }

    /// <summary>Single releases with slots of their own come before the rest of their major.</summary>
    private static IEnumerable<(int Major, int Minor)> Tables(TensorRtData data) =>
        from major in data.Majors
        let single = data.Methods.Classes.SelectMany(table => table.Only.Keys).Where(key => key.Major == major).Distinct()
        from table in single.Append((major, TensorRtRelease.LastMinor))
        select table;

    private static string Suffix(int major, int minor) => minor == TensorRtRelease.LastMinor ? $"{major}" : $"{major}_{minor}";

    private static string Join(IEnumerable<int> numbers) =>
        string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
