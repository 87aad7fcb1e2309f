using System.Globalization;
using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>Writes the enums.</summary>
internal static class EnumWriter
{
    private const string Page = "https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespace";

    /// <summary>One file for each enum.</summary>
    public static IEnumerable<(string Name, string Source)> Write(TensorRtData data) =>
        data.Enums.Select(table => (table.CSharpName, Write(table)));

    private static string Write(EnumTable table)
    {
        var space = table.CppName.Substring(0, table.CppName.IndexOf(':'));
        var numbers = table.HasOneNumbering
            ? "" : " TensorRT's numbers differ by major: see <see cref=\"TrtReleases\"/>.";
        var source = new SourceWriter(GeneratedNames.Raw).Add($$"""

            /// <summary>TensorRT's <see href="{{Page}}{{space}}.html">{{table.CppName}}</see>.{{numbers}}</summary>
            internal enum {{table.CSharpName}}
            {
            """);
        for (var i = 0; i < table.Members.Count; i++)
        {
            var member = table.Members[i];
            var number = table.HasOneNumbering ? member.Numbers.First(value => value >= 0) : i;
            source.Add($"""
                    /// <summary><c>k{member.Name}</c></summary>
                    {member.CSharpName} = {number.ToString(CultureInfo.InvariantCulture)},
                """);
        }

        return source.Add("}").ToString();
    }
}
