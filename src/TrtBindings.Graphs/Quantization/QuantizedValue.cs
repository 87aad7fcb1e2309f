using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>A value that is quantized for some of its readers.</summary>
internal sealed class QuantizedValue(Value value)
{
    private QuantizedValue? _parent;

    public Value Value { get; } = value;

    /// <summary>Who reads the quantized form, at which input, and why.</summary>
    public List<(Node Reader, int Input, string Why)> Readers { get; } = [];

    /// <summary>One of the values that share the scale, the same for all of them.</summary>
    public QuantizedValue Group
    {
        get
        {
            var root = this;
            while (root._parent is { } next) root = next;
            if (root != this) _parent = root;
            return root;
        }
    }

    /// <summary>Gives both one scale.</summary>
    public void Join(QuantizedValue other)
    {
        if (Group != other.Group) other.Group._parent = Group;
    }
}
