namespace TrtBindings.Tests.SampleModels;

/// <summary>A constant tensor: its type, and whether all its values are zero.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="IsZero"><see langword="null"/> where the values are in another file.</param>
internal sealed record GraphConstant(string Name, ElementType Type, bool? IsZero)
{
    /// <summary>Reads a <c>TensorProto</c>.</summary>
    public static GraphConstant Of(ReadOnlyMemory<byte> message)
    {
        var (name, type, isZero, isElsewhere) = ("", ElementType.Undefined, true, false);
        foreach (var field in ProtobufField.Of(message))
        {
            switch (field.Number)
            {
                case 2: type = (ElementType)field.Value; break;
                case 8: name = field.Text; break;
                // float_data and double_data are whole words, the others variable ones; raw_data is bytes.
                case 4 or 9 or 10: isZero &= field.Value == 0 && field.Bytes.Span.IndexOfAnyExcept((byte)0) < 0; break;
                case 5 or 7 or 11: isZero &= field.Value == 0 && field.Packed().All(value => value == 0); break;
                case 14: isElsewhere = field.Value == 1; break;
            }
        }

        return new(name, type, isElsewhere ? null : isZero);
    }
}
