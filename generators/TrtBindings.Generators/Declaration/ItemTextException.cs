namespace TrtBindings.Generators;

/// <summary>Text of an item that does not follow its grammar.</summary>
/// <param name="position">Where, from 0.</param>
/// <param name="expected">What should stand there.</param>
internal sealed class ItemTextException(int position, string expected) : Exception(expected)
{
    public int Position { get; } = position;
}
