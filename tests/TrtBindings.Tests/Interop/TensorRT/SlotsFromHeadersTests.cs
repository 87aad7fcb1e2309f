using TrtBindings.Internal.Generators.TensorRt.Data;
using TrtBindings.TestSupport;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// The data files against NVIDIA's own headers as a compiler reads them, wherever there is a compiler and the headers are
/// beside the repository.
/// </summary>
[Trait("Category", "Slow")]
public sealed class SlotsFromHeadersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-headers-").FullName;

    public static TheoryData<string, int, int> HeaderSets => new()
    {
        { "v10.0.0", 10, 0 }, { "v10.6.0", 10, 6 }, { "v10.7.0", 10, 7 }, { "v10.8.0", 10, 8 }, { "v10.9.0", 10, 9 },
        { "v10.12.0", 10, 12 }, { "v10.15", 10, 15 }, { "v10.16", 10, 16 }, { "v11.0", 11, 0 }, { "v11.1", 11, 1 },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [MemberData(nameof(HeaderSets))]
    public void Slots_signatures_and_numbers_are_those_that_the_compiler_gives(string set, int major, int minor)
    {
        var headers = Compile(set);
        var compared = 0;
        foreach (var (table, entries) in SlotData.ClassesOf(major, minor))
        {
            var actual = headers.Of(table.Name);
            if (actual is null)
            {
                // Header sets older than 10.14 come without the parser's.
                table.Name.ShouldStartWith("IParser");
                minor.ShouldBeLessThan(14);
                continue;
            }

            var expected = entries.Where(entry => entry.Row.Name != MethodRow.Destructor).ToArray();
            actual.ShouldBe(expected.Select(entry => (entry.Itanium, Signature(entry.Row, major))), table.Name);
            compared += expected.Length;
        }

        compared.ShouldBeGreaterThan(400);
        foreach (var table in SlotData.Enums) Compare(table, headers.EnumOf(table.CppName), major, minor);
    }

    [SkippableFact]
    public void The_table_of_10_7_on_headers_of_10_8_is_found_wrong_in_the_moved_entries_and_nowhere_else()
    {
        var headers = Compile("v10.8.0");
        var wrong = (from item in SlotData.ClassesOf(10, 7)
                     let actual = headers.Of(item.Class.Name)
                     where actual is not null
                     from entry in item.Entries
                     where entry.Row.Name != MethodRow.Destructor
                         && !actual.Contains((entry.Itanium, Signature(entry.Row, 10)))
                     select (item.Class.Name, entry.Itanium)).ToArray();
        wrong.Select(entry => entry.Name).Distinct().ShouldBe(["VNetworkDefinition"]);
        wrong.Select(entry => entry.Itanium).ShouldBe(Enumerable.Range(63, 14));
    }

    /// <summary>The signature in a major: a second result is that of the newest one.</summary>
    private static string Signature(MethodRow row, int major)
    {
        var result = major == SlotData.Methods.Majors[^1] ? row.Results[^1] : row.Results[0];
        return $"{result} {row.Name}({string.Join(", ", row.Parameters)})";
    }

    /// <summary>
    /// Both ways: our members are in the header with these numbers, and the header has no number that ours lack.
    /// </summary>
    private static void Compare(EnumTable table, IReadOnlyList<(string Name, int Number)> header, int major, int minor)
    {
        var index = SlotData.Methods.IndexOf(major);
        var ours = table.Members.Where(member => member.Numbers[index] >= 0 && member.Since.FirstMinorIn(major) <= minor)
            .Select(member => ("k" + member.Name, member.Numbers[index])).ToArray();
        if (header.Count == 0)
        {
            // The parser's headers are missing, or the major lacks the enum.
            if (ours.Length > 0) table.CppName.ShouldStartWith("nvonnxparser::");
            return;
        }

        ours.ShouldBeSubsetOf(header, $"{table.Name} in {major}.{minor}");
        // Some headers have a second name for a number, and a count as a constant.
        header.Select(member => member.Number).Distinct().Order()
            .ShouldBe(ours.Select(member => member.Item2).Order(), $"{table.Name} in {major}.{minor}");
    }

    private HeaderSlots Compile(string set)
    {
        var archive = Shared.Require("tensorrt/headers.tar.xz");
        Skip.If(OperatingSystem.IsWindows(), "g++'s tables are those of the Itanium ABI, which Windows does not have.");
        HeaderSlots.Run(_folder, "tar", "-xJf", archive, $"./{set}");
        return HeaderSlots.Of(Path.Combine(_folder, set, "include"), Path.Combine(_folder, "build"));
    }
}
