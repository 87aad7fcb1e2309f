extern alias generator;

using Microsoft.CodeAnalysis.CSharp;
using generator::TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>Keywords and identifiers, compared with the compiler's.</summary>
public sealed class CSharpWordTests
{
    [Fact]
    public void Every_character_begins_or_continues_an_identifier_as_in_the_compiler() =>
        Enumerable.Range(char.MinValue, char.MaxValue + 1).Select(code => (char)code)
            .Where(c => CSharpWords.IsStart(c) != SyntaxFacts.IsIdentifierStartCharacter(c)
                || CSharpWords.IsPart(c) != SyntaxFacts.IsIdentifierPartCharacter(c))
            .Select(c => $"U+{(int)c:X4}").ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("@class")]
    [InlineData("class")]
    [InlineData("_")]
    [InlineData("é9_")]
    public void A_text_is_an_identifier_as_in_the_compiler(string text) =>
        CSharpWords.IsIdentifier(text).ShouldBe(SyntaxFacts.IsValidIdentifier(text));

    [Fact]
    public void Every_keyword_of_the_compiler_is_one()
    {
        // "assembly" and "field", which stand before an attribute, are contextual keywords too.
        var words = SyntaxFacts.GetKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds())
            .Select(SyntaxFacts.GetText).Append("_").ToArray();
        words.Length.ShouldBeGreaterThan(110);
        words.Where(word => word.All(c => char.IsLetter(c) || c == '_') && IsKeyword(word) && !CSharpWords.IsKeyword(word))
            .ShouldBeEmpty();
        CSharpWords.IsKeyword("Class").ShouldBeFalse();
        CSharpWords.IsKeyword("net").ShouldBeFalse();
        // C# 14 has these, and the compiler that the tests are built against has not.
        CSharpWords.IsKeyword("extension").ShouldBeTrue();
        CSharpWords.IsKeyword("allows").ShouldBeTrue();
    }

    private static bool IsKeyword(string word) => SyntaxFacts.GetKeywordKind(word) != SyntaxKind.None
        || SyntaxFacts.GetContextualKeywordKind(word) != SyntaxKind.None;
}
