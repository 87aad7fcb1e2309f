namespace TrtBindings.Tests.ModelFiles;

public class DimensionTests
{
    [Fact]
    public void Equal_numbers_and_equal_names_must_be_equal_in_size()
    {
        Dimension.Fixed(3).MustEqual(Dimension.Fixed(3)).ShouldBeTrue();
        Dimension.FromParameter("batch").MustEqual(Dimension.FromParameter("batch")).ShouldBeTrue();
    }

    [Fact]
    public void Different_declarations_need_not_be_equal_in_size()
    {
        Dimension.Fixed(3).MustEqual(Dimension.Fixed(4)).ShouldBeFalse();
        Dimension.FromParameter("batch").MustEqual(Dimension.FromParameter("Batch")).ShouldBeFalse();
        Dimension.FromParameter("3").MustEqual(Dimension.Fixed(3)).ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_dimension_never_equals_another_nor_itself()
    {
        Dimension[] unknown =
        [
            Dimension.Unknown, Dimension.Fixed(-1), Dimension.FromParameter("?"), Dimension.FromParameter(""),
            Dimension.FromParameter(" "), Dimension.FromParameter(null),
            default(Dimension) with { Kind = DimensionKind.Unknown },
        ];
        foreach (var left in unknown)
        {
            left.Kind.ShouldBe(DimensionKind.Unknown);
            left.ToString().ShouldBe("?");
            foreach (var right in unknown) left.MustEqual(right).ShouldBeFalse();
            left.MustEqual(Dimension.Fixed(1)).ShouldBeFalse();
            left.MustEqual(Dimension.FromParameter("n")).ShouldBeFalse();
        }
    }

    [Fact]
    public void Declarations_compare_by_what_was_written()
    {
        Dimension.FromParameter("?").ShouldBe(Dimension.FromParameter("?"));
        Dimension.FromParameter("?").ShouldNotBe(Dimension.FromParameter(""));
        Dimension.FromParameter("").ShouldNotBe(Dimension.Unknown);
    }
}
