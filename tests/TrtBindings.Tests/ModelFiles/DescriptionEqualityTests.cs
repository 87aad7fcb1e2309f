using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

/// <summary>Equality of descriptions, which the cache of the generator depends on.</summary>
public class DescriptionEqualityTests
{
    [Fact]
    public void The_same_bytes_read_twice_are_equal_descriptions()
    {
        foreach (var (name, bytes) in SmallModels.All)
        {
            var (first, second) = (Read(bytes), Read(bytes));
            first.ShouldBe(second, name);
            first.GetHashCode().ShouldBe(second.GetHashCode(), name);
        }
    }

    [Fact]
    public void Any_difference_makes_descriptions_unequal()
    {
        var model = Read(SmallModels.All[0].Bytes);
        var input = model.Inputs[0];
        (model with { IrVersion = 9 }).ShouldNotBe(model);
        (model with { Metadata = default }).ShouldNotBe(model);
        (model with { Inputs = new([input with { Denotation = "IMAGE" }]) }).ShouldNotBe(model);
        (model with { Inputs = new([input with { Shape = SymbolicShape.Unranked }]) }).ShouldNotBe(model);
        (model with { Inputs = new([input with { }]) }).ShouldBe(model);
    }

    [Fact]
    public void An_array_that_was_never_set_equals_an_empty_one()
    {
        var (unset, empty) = (default(EquatableArray<string>), new EquatableArray<string>([]));
        (unset == empty).ShouldBeTrue();
        unset.GetHashCode().ShouldBe(empty.GetHashCode());
        unset.Count.ShouldBe(0);
        unset.ShouldBeEmpty();
        (new EquatableArray<string>(["a", "b"]) != new EquatableArray<string>(["b", "a"])).ShouldBeTrue();
    }

    private static ModelDescription Read(byte[] bytes) => OnnxModelReader.Read(new MemoryStream(bytes));
}
