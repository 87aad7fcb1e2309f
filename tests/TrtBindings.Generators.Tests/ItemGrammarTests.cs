extern alias generator;

using generator::TrtBindings.Generators.Input;
using generator::TrtBindings.Generators.Spec;

namespace TrtBindings.Generators.Tests;

/// <summary>The grammar of the lists on items, which are read to their last character.</summary>
public sealed class ItemGrammarTests
{
    [Theory]
    [InlineData("batch=32", "batch=32")]
    [InlineData("batch=1..4..16", "batch=1..4..16")]
    [InlineData(" batch = 1 .. 4 .. 16 , height = 640 | batch = 32 ", "batch=1..4..16,height=640|batch=32")]
    [InlineData("'a,b'=1,'c=d'=2|'e|f'=3,'it''s'=4,' x '=5", "a,b=1,c=d=2|e|f=3,it's=4, x =5")]
    [InlineData("images[0]=0..0..2147483647", "images[0]=0..0..2147483647")]
    [InlineData("größe=1", "größe=1")]
    [InlineData("''=1", "=1")]
    public void Profiles_are_read(string text, string expected) => string.Join('|', ProfileParser.Parse(text)
        .Select(p => string.Join(',', p.Select(e => $"{e.Name}={e.Range}")))).ShouldBe(expected);

    [Theory]
    [InlineData("batch", 5, "'='")]
    [InlineData("=1", 0, "the name of a dimension")]
    [InlineData("batch=", 6, "a number")]
    [InlineData("batch=x", 6, "a number")]
    [InlineData("batch=-1", 6, "a number")]
    [InlineData("batch=+1", 6, "a number")]
    [InlineData("batch=1.5", 7, "',', '|' or the end")]
    [InlineData("batch=1..2", 10, "'..' and a third number (min..opt..max)")]
    [InlineData("batch=1..2..", 12, "a number")]
    [InlineData("batch=1..2..3..4", 13, "',', '|' or the end")]
    [InlineData("batch=1..2..3 x", 14, "',', '|' or the end")]
    [InlineData("batch=1,", 8, "the name of a dimension")]
    [InlineData("batch=1,,h=2", 8, "the name of a dimension")]
    [InlineData("batch=1|", 8, "the name of a dimension")]
    [InlineData("|batch=1", 0, "the name of a dimension")]
    [InlineData("batch=2147483648", 6, "a number of at most 2147483647")]
    [InlineData("batch=99999999999999999999999", 6, "a number of at most 2147483647")]
    [InlineData("batch=١", 6, "a number")]
    [InlineData("'batch=1", 0, "a name with a closing quote")]
    [InlineData("'a'b=1", 3, "'='")]
    [InlineData("a'b'=1", 1, "'='")]
    public void A_profile_that_does_not_follow_the_grammar_says_where(string text, int position, string expected)
    {
        var error = Should.Throw<ItemTextException>(() => ProfileParser.Parse(text));
        (error.Position, error.Message).ShouldBe((position, expected));
    }

    [Theory]
    [InlineData("input.1=Images", "input.1>Images")]
    [InlineData(" a/b = X , 443=Score ", "a/b>X 443>Score")]
    [InlineData("'a=b,c|d'=X", "a=b,c|d>X")]
    public void Renames_are_read(string text, string expected) =>
        string.Join(' ', RenameParser.Parse(text).Select(e => $"{e.Tensor}>{e.Member}")).ShouldBe(expected);

    [Theory]
    [InlineData("a", 1, "'='")]
    [InlineData("a=", 2, "the name of a member")]
    [InlineData("a=B,", 4, "the name of a tensor")]
    [InlineData("a=B|c=D", 3, "',' or the end")]
    [InlineData("a=B=C", 3, "',' or the end")]
    public void A_rename_that_does_not_follow_the_grammar_says_where(string text, int position, string expected)
    {
        var error = Should.Throw<ItemTextException>(() => RenameParser.Parse(text));
        (error.Position, error.Message).ShouldBe((position, expected));
    }
}
