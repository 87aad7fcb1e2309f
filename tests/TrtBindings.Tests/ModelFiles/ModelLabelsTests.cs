namespace TrtBindings.Tests.ModelFiles;

public sealed class ModelLabelsTests
{
    [Theory]
    [InlineData("{0: 'person', 1: 'bicycle'}", "person|bicycle")]
    [InlineData("""{0: "driver's seat", 1: 'a "b"'}""", "driver's seat|a \"b\"")]
    [InlineData("""{0: 'it\'s', 1: '\x41\u00e9\U0001F600', 2: 'tab\t'}""", "it's|A\u00e9\U0001F600|tab\t")]
    [InlineData("{1: 'b', 0: 'a'}", "a|b")]
    [InlineData("['a', 'b',]", "a|b")]
    [InlineData("""{"0": "person", "1": "car"}""", "person|car")]
    [InlineData(" { 0 : '' } ", "")]
    [InlineData("{0: 0, 1: 1, 2: -2.5}", "0|1|-2.5")]
    [InlineData("[0, 1, 2]", "0|1|2")]
    [InlineData("{0: None, 1: True, 2: 'c'}", "None|True|c")]
    [InlineData("""{"0": "caf\u00e9", "1": "b\/c", "2": "d\b", "3": "\f"}""", "caf\u00e9|b/c|d\b|\f")]
    [InlineData("['\\a\\v', '\\0', '\\101x']", "\a\v|\0|Ax")]
    public void Python_and_json_text_is_read(string text, string expected) =>
        LabelsOf(text).ToArray().ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("")]
    [InlineData("person,car")]
    [InlineData("{0: 'a'")]
    [InlineData("{0: 'a'} trailing")]
    [InlineData("{0: 'a', 0: 'b'}")]
    [InlineData("{0: 'a', 2: 'b'}")]
    [InlineData("{-1: 'a'}")]
    [InlineData("{0: }")]
    [InlineData("{0: [1]}")]
    [InlineData("[a b]")]
    [InlineData("{0: 'a\\q'}")]
    [InlineData("{0: 'a\\x4'}")]
    [InlineData("{0: 'a\\U00110000'}")]
    [InlineData("{99999999999: 'a'}")]
    public void Anything_else_gives_no_labels(string text) => LabelsOf(text).Count.ShouldBe(0);

    private static EquatableArray<string> LabelsOf(string text) =>
        ModelLabels.Of(new ModelDescription { Metadata = new([new MetadataEntry("names", text)]) });
}
