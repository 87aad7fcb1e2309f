using TrtBindings.Internal.Generators.TensorRt.Data;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Rules that the data files must keep whatever the headers say, and the tables that are generated from them.</summary>
public sealed class SlotDataTests
{
    /// <summary>The number of entries and classes in the newest minor of each major.</summary>
    public static TheoryData<int, int, int> Majors => new() { { 10, 578, 31 }, { 11, 525, 30 } };

    /// <summary>Every minor of a known major that has headers.</summary>
    public static TheoryData<int, int> Minors
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var (major, newest, _, _) in SlotData.Releases.Majors)
                for (var minor = 0; minor <= newest; minor++) data.Add(major, minor);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public void The_data_has_every_entry_of_every_class(int major, int entries, int classes)
    {
        var tables = SlotData.ClassesOf(major, SlotData.NewestMinor(major)).ToArray();
        tables.Sum(table => table.Entries.Count).ShouldBe(entries);
        tables.Length.ShouldBe(classes);
        SlotData.Methods.Classes.SelectMany(table => table.Methods).Where(row => row.Since.Major == major)
            .Max(row => row.Since.Minor).ShouldBe(SlotData.NewestMinor(major));
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void Every_minor_version_has_tables_without_gaps_in_both_layouts(int major, int minor)
    {
        foreach (var (table, entries) in SlotData.ClassesOf(major, minor))
        {
            entries.Select(entry => entry.Itanium).ShouldBe(Enumerable.Range(0, entries.Count), table.Name);
            entries.Where(entry => entry.Microsoft >= 0).Select(entry => entry.Microsoft).Order()
                .ShouldBe(Enumerable.Range(0, entries.Count - 1), $"{table.Name}: one entry for the destructor");
        }
    }

    [Fact]
    public void A_later_entry_never_came_with_an_earlier_version()
    {
        foreach (var table in SlotData.Methods.Classes)
            for (var i = 0; i < SlotData.Methods.Majors.Length; i++)
                table.Methods.Where(row => row.Slots[i] >= 0).OrderBy(row => row.Slots[i])
                    .Select(row => row.Since.FirstMinorIn(SlotData.Methods.Majors[i]))
                    .ShouldBeInOrder(SortDirection.Ascending, table.Name);
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void A_minor_version_has_the_start_of_the_next_ones_tables_except_10_8(int major, int minor)
    {
        var moved = from item in SlotData.ClassesOf(major, minor)
                    let later = SlotData.ClassesOf(major, minor + 1).Single(other => other.Class == item.Class).Entries
                    where item.Entries.Where((entry, i) => later[i].Row != entry.Row).Any()
                    select item.Class.Name;
        moved.ShouldBe(major == 10 && minor is 7 or 8 ? ["VNetworkDefinition"] : []);
    }

    /// <summary>The two classes with overloads; numbers worked out by hand from the declaration order.</summary>
    [Fact]
    public void The_Microsoft_layout_has_one_destructor_and_overloads_in_reverse()
    {
        Slots(10, "VRuntime").Take(6).ShouldBe([(1, 0), (2, 1), (3, 3), (4, 2), (5, 4), (6, 5)]);
        Slots(10, "IPluginRegistry").ShouldBe(
            [(0, 1), (1, 2), (2, 3), (4, 4), (5, 5), (6, 6), (7, 8), (8, 9), (9, 10), (10, 11), (11, 12), (12, 0), (13, 13),
             (14, 14), (15, 7), (16, 15), (17, 16), (18, 17)]);
        Slots(11, "IPluginRegistry").ShouldBe(Enumerable.Range(1, 14).Select(slot => (slot, slot - 1)));
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void The_generated_slots_are_those_of_the_data(int major, int minor)
    {
        foreach (var microsoft in new[] { false, true })
        {
            var slots = new TrtSlotTable(new(major, minor), microsoft);
            foreach (var method in Enum.GetValues<TrtMethod>())
            {
                var (type, name) = SlotData.RowOf(method);
                var expected = slots.SlotOf(type, name);
                slots.Has(method).ShouldBe(expected >= 0, method.ToString());
                if (expected >= 0) slots.Slot(method).ShouldBe(expected, method.ToString());
            }
        }
    }

    [Theory]
    [InlineData("class A = n::A\n 1 2", "signature with parentheses")]
    [InlineData("majors 10 11\nclass A = n::A\n  0  x  -  void f()", "'x' is not a number")]
    [InlineData("majors 10 11\nclass A = n::A\n  0  0  ten  void f()", "not a release")]
    [InlineData("majors 10 11\nclass A = n::A\n  0  0  -  void f()\n  2  1  -  void g()", "slot 1 is missing")]
    [InlineData("majors 10 11\nclass A = n::A\n  0  0  -  void f()\n  1  1  -  void f()", "twice")]
    [InlineData("majors 10 11\n  0  0  -  void f()", "no class")]
    [InlineData("majors 10 11\nclass A = n::A\n  0  0  -  f()", "type of the result")]
    public void A_wrong_line_is_told_with_its_reason(string text, string reason)
    {
        var errors = new List<TableError>();
        MethodTable.Parse(text, errors);
        errors.ShouldContain(error => error.Message.Contains(reason));
    }

    [Fact]
    public void Every_method_that_is_called_is_in_the_data_and_used() =>
        Enum.GetValues<TrtMethod>().Select(SlotData.RowOf).Distinct().Count()
            .ShouldBe(SlotData.Methods.Called.Sum(item => item.Methods.Length));

    private static IEnumerable<(int Itanium, int Microsoft)> Slots(int major, string type) =>
        SlotData.ClassesOf(major, SlotData.NewestMinor(major)).Single(item => item.Class.Name == type).Entries
            .Where(entry => entry.Microsoft >= 0).Select(entry => (entry.Itanium, entry.Microsoft));
}
