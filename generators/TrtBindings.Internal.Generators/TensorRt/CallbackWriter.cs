using System.Globalization;
using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Writes, for each class that TrtBindings implements, a function that lays its method table.</summary>
internal static class CallbackWriter
{
    private const int Absent = 255;

    /// <summary>One file.</summary>
    public static IEnumerable<(string Name, string Source)> Write(TensorRtData data)
    {
        var source = new SourceWriter(GeneratedNames.Callbacks, GeneratedNames.Raw).Add("""

            internal static unsafe partial class TrtCallbackTables
            {
            """);
        foreach (var table in data.Methods.Classes.Where(table => table is { IsCallback: true, IsUsed: true }))
        {
            var own = table.Methods.Where(CallbackMethods.IsOwn).ToArray();
            var parameters = string.Concat(own.Select(method => $",\n        {data.FunctionType(method)} {method.Name}"));
            var functions = string.Join(", ", own.Select(method => $"(nint){method.Name}"));
            source.Add($$"""
                    /// <summary>
                    /// The method table of a <see href="{{TensorRtData.PageOf(table.CppName)}}">{{table.CppName}}</see>.
                    /// </summary>
                    public static nint {{GeneratedNames.Of(table)}}(
                        TrtSlotTable slots{{parameters}})
                    {
                        System.ReadOnlySpan<byte> layout = (slots.Version.Major, slots.IsMicrosoft) switch
                        {
                """);
            foreach (var major in data.Majors)
            {
                var entries = table.EntriesOf(data.Methods.IndexOf(major), major, TensorRtRelease.LastMinor);
                if (entries.Count == 0) continue;
                source.Add($"            ({major}, false) => [{Layout(major, entries.Count, entry => entry.Itanium)}],");
                source.Add($"            ({major}, true) => [{Layout(major, entries.Count - 1, entry => entry.Microsoft)}],");

                string Layout(int of, int count, Func<TableEntry, int> slot) => string.Join(", ",
                    new[] { table.Methods[0].Since.FirstMinorIn(of), count }
                        .Concat(CallbackMethods.Shared.Select(name => entries.FirstOrDefault(entry => entry.Method == name))
                            .Concat(own.Select(method => entries.FirstOrDefault(entry => entry.Row == method)))
                            .Select(entry => entry is null || slot(entry) < 0 ? Absent : slot(entry)))
                        .Select(number => number.ToString(CultureInfo.InvariantCulture)));
            }

            source.Add($$"""
                            _ => [],
                        };
                        return Get("{{table.Name}}", slots, layout, [{{functions}}]);
                    }

                """);
        }

        yield return ("TrtCallbackTables", source.Add("}").ToString());
    }
}
