using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>What must be true of slot data whatever the headers say: a mistyped line breaks one of these.</summary>
public sealed class SlotDataTests
{
    /// <summary>The newest minor of each major, and how many rows and classes the data has for it.</summary>
    public static TheoryData<int, int, int, int> Majors => new() { { 10, 16, 578, 31 }, { 11, 1, 525, 30 } };

    /// <summary>Every minor of a known major that has headers.</summary>
    public static TheoryData<int, int> Minors
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (var minor = 0; minor <= 16; minor++) data.Add(10, minor);
            data.Add(11, 0);
            data.Add(11, 1);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public void The_data_has_every_row_and_names_no_method_twice(int major, int newest, int rows, int classes)
    {
        var data = TrtSlotData.Load(major);
        data.Rows.Count.ShouldBe(rows);
        data.Rows.Select(row => row.Class).Distinct().Count().ShouldBe(classes);
        data.Rows.Select(row => (row.Class, row.Method)).ShouldBeUnique();
        data.Rows.Max(row => row.Since).ShouldBe(newest);
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void Every_minor_version_has_tables_without_gaps_in_both_layouts(int major, int minor)
    {
        foreach (var table in TrtSlotData.Load(major).RowsOf(minor).GroupBy(row => row.Class))
        {
            table.Select(row => row.Itanium).Order().ShouldBe(Enumerable.Range(0, table.Count()), table.Key);
            var microsoft = table.Where(row => row.Microsoft >= 0).Select(row => row.Microsoft).ToArray();
            microsoft.Order().ShouldBe(Enumerable.Range(0, microsoft.Length), table.Key);
            microsoft.Length.ShouldBe(table.Count() - 1, $"{table.Key}: two destructor entries on one side, one on the other");
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public void A_later_entry_never_came_with_an_earlier_version(int major, int newest, int rows, int classes)
    {
        _ = (newest, rows, classes);
        foreach (var table in TrtSlotData.Load(major).Rows.GroupBy(row => row.Class))
            table.OrderBy(row => row.Itanium).Select(row => row.Since).ShouldBeInOrder(SortDirection.Ascending, table.Key);
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void A_minor_version_has_the_start_of_the_next_ones_tables_except_10_8(int major, int minor)
    {
        var data = TrtSlotData.Load(major);
        var later = data.RowsOf(minor + 1).ToDictionary(row => (row.Class, row.Method));
        var moved = data.RowsOf(minor).Where(row => later[(row.Class, row.Method)] != row).ToArray();
        var around8 = major == 10 && minor is 7 or 8;
        moved.Select(row => row.Class).Distinct().ShouldBe(around8 ? ["VNetworkDefinition"] : []);
    }

    [Theory]
    [MemberData(nameof(Minors))]
    public void The_Microsoft_layout_has_one_entry_less_after_the_destructor_and_overloads_in_reverse(int major, int minor)
    {
        foreach (var table in TrtSlotData.Load(major).RowsOf(minor).GroupBy(row => row.Class))
            table.OrderBy(row => row.Microsoft).Where(row => row.Microsoft >= 0).Select(row => row.Method)
                .ShouldBe(MicrosoftOrder([.. table.OrderBy(row => row.Itanium).Select(row => row.Method)]), table.Key);
    }

    [Fact]
    public void A_line_of_another_form_is_refused() =>
        Should.Throw<FormatException>(() => TrtSlotData.Parse(10, new StringReader("class A\nmethod 1 2")));

    [Fact]
    public void Every_method_that_is_called_has_a_row_in_one_of_the_majors()
    {
        var known = TrtSlotData.KnownMajors.SelectMany(major => TrtSlotData.Load(major).Rows)
            .Select(row => (row.Class, row.Method)).ToHashSet();
        Enum.GetValues<TrtMethod>().Where(method => !known.Contains(TrtSlotTable.RowOf(method))).ShouldBeEmpty();
    }

    /// <summary>The rule, applied to the declaration order, which is the Itanium order.</summary>
    private static List<string> MicrosoftOrder(string[] declared)
    {
        var order = new List<string>();
        foreach (var method in declared.Where(method => method != "~"))
        {
            var name = method.Split('(')[0];
            var first = order.FindIndex(other => other.Split('(')[0] == name);
            if (first < 0) order.Add(method);
            else order.Insert(first, method);
        }

        return order;
    }
}
