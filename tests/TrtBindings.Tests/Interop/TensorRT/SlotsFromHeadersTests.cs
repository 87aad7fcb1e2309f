using TrtBindings.Interop.TensorRT;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// The slot data against the slots that a compiler gives NVIDIA's own headers, wherever there is a compiler and the headers
/// are beside the repository.
/// </summary>
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
    public void Every_slot_is_the_one_that_the_compiler_gives_it(string set, int major, int minor)
    {
        var headers = Compile(set);
        var compared = 0;
        foreach (var table in TrtSlotData.Load(major).RowsOf(minor).GroupBy(row => row.Class))
        {
            var actual = headers.Of(table.Key);
            if (actual is null)
            {
                // Headers older than 10.14 come without the parser's.
                table.Key.ShouldStartWith("IParser");
                minor.ShouldBeLessThan(14);
                continue;
            }

            var expected = table.Where(row => row.Method[0] != '~').OrderBy(row => row.Itanium).ToArray();
            actual.Select(entry => (entry.Slot, entry.Method))
                .ShouldBe(expected.Select(row => (row.Itanium, row.Method.Split('(')[0])), table.Key);
            foreach (var (row, entry) in expected.Zip(actual))
                if (row.Method.Contains('('))
                    entry.Linkage.ShouldContain(row.Method.Split('(')[1].TrimEnd(')') + "E");
            compared += expected.Length;
        }

        compared.ShouldBeGreaterThan(400);
    }

    [SkippableFact]
    public void The_table_of_10_7_on_headers_of_10_8_is_found_wrong_in_the_moved_entries_and_nowhere_else()
    {
        var headers = Compile("v10.8.0");
        var wrong = TrtSlotData.Load(10).RowsOf(7)
            .Where(row => row.Method[0] != '~' && headers.Of(row.Class) is { } table
                && !table.Any(entry => entry.Slot == row.Itanium && entry.Method == row.Method.Split('(')[0]))
            .ToArray();
        wrong.Select(row => row.Class).Distinct().ShouldBe(["VNetworkDefinition"]);
        wrong.Select(row => row.Itanium).ShouldBe(Enumerable.Range(63, 14));
    }

    private HeaderSlots Compile(string set)
    {
        var archive = Shared.Require("tensorrt/headers.tar.xz");
        Skip.If(OperatingSystem.IsWindows(), "g++'s tables are those of the Itanium ABI, which Windows does not have.");
        HeaderSlots.Run(_folder, "tar", "-xJf", archive, $"./{set}");
        return HeaderSlots.Of(Path.Combine(_folder, set, "include"), Path.Combine(_folder, "build"));
    }
}
