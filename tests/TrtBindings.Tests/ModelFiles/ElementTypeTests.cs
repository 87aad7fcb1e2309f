namespace TrtBindings.Tests.ModelFiles;

public class ElementTypeTests
{
    [Fact]
    public void Every_type_has_its_name_and_all_but_text_have_a_width()
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            type.OnnxName().ShouldBe(type.ToString().ToLowerInvariant());
            (type.BitWidth() > 0).ShouldBe(type is not (ElementType.Undefined or ElementType.String), type.ToString());
        }
    }

    [Theory]
    [InlineData(ElementType.Int2, 2)]
    [InlineData(ElementType.Float4E2M1, 4)]
    [InlineData(ElementType.Bool, 8)]
    [InlineData(ElementType.BFloat16, 16)]
    [InlineData(ElementType.Float, 32)]
    [InlineData(ElementType.Complex64, 64)]
    [InlineData(ElementType.Complex128, 128)]
    public void Widths_are_those_of_the_formats(ElementType type, int bits) => type.BitWidth().ShouldBe(bits);
}
