using System.Globalization;
using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Writes the table of releases.</summary>
internal static class ReleaseWriter
{
    /// <summary>The enum of features, and the generated part of TrtReleases.</summary>
    public static IEnumerable<(string Name, string Source)> Write(TensorRtData data)
    {
        var features = new SourceWriter(GeneratedNames.Raw).Add("""

            /// <summary>What some releases of TensorRT have and others have not.</summary>
            internal enum TrtFeature
            {
            """);
        foreach (var feature in data.Releases.Features)
            features.Add($"""
                    /// <summary>{SourceWriter.Escape(feature.Text)}</summary>
                    {feature.Name},
                """);
        yield return ("TrtFeature", features.Add("}").ToString());

        var majors = data.Releases.Majors;
        var source = new SourceWriter(GeneratedNames.Raw).Add($$"""

            internal static partial class TrtReleases
            {
                /// <summary>The majors that this library calls, in the order in which it looks for them.</summary>
                public static System.ReadOnlySpan<int> Majors =>
                    [{{string.Join(", ", majors.Select(major => Text(major.Major)))}}];

                /// <summary>Whether a release has a feature.</summary>
                public static bool Has(TrtFeature feature, TrtVersion version) => feature switch
                {
            {{string.Join("\n", data.Releases.Features.Select(feature =>
                $"        TrtFeature.{feature.Name} => {From(feature.First)}{Until(feature.Last)},"))}}
                    _ => false,
                };

                private static int NewestMinorOf(int major) => major switch
                {
            {{string.Join("\n", majors.Select(major => $"        {major.Major} => {major.Newest},"))}}
                    _ => -1,
                };

                private static string FilePatternOf(int major, bool windows) => (major, windows) switch
                {
            {{string.Join("\n", majors.Select(major =>
                $"        ({major.Major}, false) => \"{major.Linux}\",\n        ({major.Major}, true) => \"{major.Windows}\","))}}
                    (_, false) => "{{majors[0].Linux}}",
                    (_, true) => "{{majors[0].Windows}}",
                };
            """);
        foreach (var table in data.Enums)
        {
            if (table.Members.Any(member => member.Since.Major > 0 || member.Numbers.Any(number => number < 0)))
                AddHas(source, table, data);
            if (!table.HasOneNumbering) AddNumbers(source, table, data);
        }

        yield return ("TrtReleases", source.Add("}").ToString());
    }

    private static void AddHas(SourceWriter source, EnumTable table, TensorRtData data)
    {
        source.Add($$"""

                /// <summary>Whether a release has a member.</summary>
                public static bool Has({{table.CSharpName}} value, TrtVersion version) => value switch
                {
            """);
        foreach (var member in table.Members)
        {
            var conditions = data.Majors.Where((_, i) => member.Numbers[i] < 0)
                .Select(major => $"version.Major != {major}");
            if (member.Since.Major > 0) conditions = conditions.Append(From(member.Since));
            var all = conditions.ToArray();
            if (all.Length > 0) source.Add($"        {table.CSharpName}.{member.CSharpName} => {string.Join(" && ", all)},");
        }

        source.Add("        _ => true,\n    };");
    }

    private static void AddNumbers(SourceWriter source, EnumTable table, TensorRtData data)
    {
        source.Add($$"""

                /// <summary>TensorRT's number of a member in a major; −1 where the major does not have it.</summary>
                public static int NumberOf({{table.CSharpName}} value, int major) => (major, value) switch
                {
            """);
        foreach (var (major, i) in data.Majors.Select((major, i) => (major, i)))
            foreach (var member in table.Members.Where(member => member.Numbers[i] >= 0))
                source.Add($"        ({major}, {table.CSharpName}.{member.CSharpName}) => {member.Numbers[i]},");
        source.Add("        _ => -1,\n    };");
    }

    private static string From(TensorRtRelease first) => $"IsFrom(version, {first.Major}, {first.Minor})";

    private static string Until(TensorRtRelease last) =>
        last.Major == 0 ? ""
        : last.Minor == TensorRtRelease.LastMinor ? $" && version.Major <= {last.Major}"
        : $" && !IsFrom(version, {last.Major}, {last.Minor + 1})";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
