using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Spec;

/// <summary>Reads <c>TrtRename</c>: <c>tensor=Member</c> between <c>,</c>.</summary>
internal static class RenameParser
{
    /// <exception cref="ItemTextException">The text does not follow the grammar to its last character.</exception>
    public static IReadOnlyList<RenameEntry> Parse(string text)
    {
        var reader = new ItemTextReader(text);
        var entries = new List<RenameEntry>();
        do
        {
            var tensor = reader.Name("the name of a tensor");
            reader.Take('=');
            entries.Add(new(tensor, reader.Name("the name of a member")));
        }
        while (reader.TryTake(','));
        return reader.IsAtEnd ? entries : throw reader.Expected("',' or the end");
    }
}

/// <summary>One entry of <c>TrtRename</c>.</summary>
/// <param name="Tensor">ONNX name of an input or output.</param>
/// <param name="Member">Name of its member.</param>
internal sealed record RenameEntry(string Tensor, string Member);
