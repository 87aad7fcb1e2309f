using System.Reflection;
using TrtBindings.Shapes;

namespace TrtBindings.Tests.Tensors;

/// <summary>The types that the templates in src/TrtBindings/Tensors/Ranks make: every rank offers the same.</summary>
public sealed class RanksTests
{
    private const BindingFlags Public =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData("InputTensor")]
    [InlineData("OutputTensor")]
    [InlineData("TensorView")]
    [InlineData("ReadOnlyTensorView")]
    public void Every_rank_has_the_same_members(string name)
    {
        var types = Enumerable.Range(1, 8).Select(rank => Type(name, rank)).ToArray();
        var members = Members(types[0]);
        members.ShouldContain(name.Contains("View", StringComparison.Ordinal) ? "CopyTo" : "View");
        foreach (var type in types) Members(type).ShouldBe(members, type.ToString());
    }

    [Theory]
    [InlineData("TensorView")]
    [InlineData("ReadOnlyTensorView")]
    public void A_view_has_one_length_and_one_index_for_each_dimension(string name)
    {
        for (var rank = 1; rank <= 8; rank++)
        {
            var properties = Type(name, rank).GetProperties(Public);
            properties.Select(p => p.Name).Where(n => n.StartsWith("Length", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, rank).Select(axis => $"Length{axis}"));
            properties.Single(p => p.Name == "Item").GetIndexParameters().Length.ShouldBe(rank);
        }
    }

    [Theory]
    [InlineData("InputTensor")]
    [InlineData("OutputTensor")]
    public void A_tensor_has_an_index_for_an_item_and_one_for_an_element(string name)
    {
        for (var rank = 1; rank <= 8; rank++)
        {
            Type(name, rank).GetProperties(Public).Where(p => p.Name == "Item").Select(p => p.GetIndexParameters().Length).Order()
                .ShouldBe(rank == 1 ? [1] : [1, rank]);
        }
    }

    [Fact]
    public void A_size_of_any_number_of_digits_is_the_decimal_number()
    {
        N<_7>.Size.ShouldBe(7);
        N<_4, _2>.Size.ShouldBe(42);
        N<_6, _4, _0>.Size.ShouldBe(640);
        N<_1, _2, _3, _4, _5, _6, _7, _8, _9, _0>.Size.ShouldBe(1234567890);
    }

    private static Type Type(string name, int rank) =>
        typeof(TensorBuffer).Assembly.GetType($"TrtBindings.{name}`{rank + 1}").ShouldNotBeNull();

    /// <summary>Names of the public members, without the lengths, of which a view has as many as dimensions.</summary>
    private static string[] Members(Type type) => [.. type.GetMembers(Public).Select(member => member.Name).Distinct()
        .Where(n => !n.Contains("Length", StringComparison.Ordinal) || n == "FlattenedLength").Order(StringComparer.Ordinal)];
}
