using System.Globalization;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Tensors;

/// <summary>Conversion, rounding and comparison of bfloat16 numbers.</summary>
public sealed class BFloat16Tests
{
    [Fact]
    public void Every_number_survives_the_way_to_float_and_back()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BFloat16.FromBits((ushort)bits);
            var back = (BFloat16)(float)value;
            if (float.IsNaN(value)) float.IsNaN(back).ShouldBeTrue();
            else back.ToBits().ShouldBe((ushort)bits);
        }
    }

    [Theory]
    [InlineData(0x3F808000u, 0x3F80)]
    [InlineData(0x3F818000u, 0x3F82)]
    [InlineData(0x3F808001u, 0x3F81)]
    [InlineData(0x3F807FFFu, 0x3F80)]
    [InlineData(0xBF818000u, 0xBF82)]
    [InlineData(0x7F7FFFFFu, 0x7F80)]
    [InlineData(0xFF7FFFFFu, 0xFF80)]
    [InlineData(0x00008000u, 0x0000)]
    [InlineData(0x00018000u, 0x0002)]
    [InlineData(0x7F800000u, 0x7F80)]
    [InlineData(0x7F800001u, 0x7FC0)]
    [InlineData(0xFFFFFFFFu, 0xFFFF)]
    [InlineData(0xFF800001u, 0xFFC0)]
    public void Rounding_is_to_nearest_ties_to_even_and_NaN_stays(uint bits, int expected) =>
        ((BFloat16)BitConverter.UInt32BitsToSingle(bits)).ToBits().ShouldBe((ushort)expected);

    [Fact]
    public void It_compares_and_prints_as_the_number_that_it_is()
    {
        var (one, two, nan) = ((BFloat16)1f, (BFloat16)2f, (BFloat16)float.NaN);
        (one < two, one >= two, one == two, one != two).ShouldBe((true, false, false, true));
        (nan == (BFloat16)float.NaN, nan.Equals(nan), (BFloat16)0f == (BFloat16)(-0f)).ShouldBe((false, true, true));
        ((BFloat16)1.5f).ToString("R", CultureInfo.InvariantCulture).ShouldBe("1.5");
        unsafe
        {
            sizeof(BFloat16).ShouldBe(2);
        }
    }

    [Fact]
    public void Spans_are_converted_and_a_short_destination_is_refused()
    {
        var narrow = new BFloat16[3];
        var wide = new float[3];
        BFloat16.Convert([1, -2, 1.00390625f], narrow);
        BFloat16.Convert(narrow, wide);
        wide.ShouldBe([1, -2, 1]);
        Should.Throw<ArgumentException>(() => BFloat16.Convert(narrow, new float[2]));
        Should.Throw<ArgumentException>(() => BFloat16.Convert([1f, 2f], new BFloat16[1]));
    }

    [Fact]
    public void A_model_reads_it()
    {
        var bytes = new OnnxModelBuilder().Input("x", ElementType.BFloat16, 3).Output("y", ElementType.Float, 3)
            .Node("Cast", ["x"], ["y"], OnnxAttribute.Int("to", 1)).ToBytes();
        using var model = UntypedModel.Load(bytes);
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        BFloat16.Convert([1, -2, 0.5f], inputs.Get<BFloat16>(0).Span);
        model.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([1, -2, 0.5f]);
    }
}
