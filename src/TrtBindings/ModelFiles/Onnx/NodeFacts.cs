namespace TrtBindings.ModelFiles.Onnx;

/// <summary>A node of the main graph with what decides the shapes of its outputs. Names are hashes.</summary>
internal sealed class NodeFacts
{
    private AttributeFacts? _attributes;
    private ulong[] _inputs = new ulong[2];
    private ulong[] _outputs = new ulong[1];

    /// <summary>The operator; empty for one that is not of the standard domain.</summary>
    public string Operator { get; set; } = "";

    public int InputCount { get; private set; }

    public int OutputCount { get; private set; }

    public void AddInput(ulong name)
    {
        if (InputCount == _inputs.Length) Array.Resize(ref _inputs, 2 * InputCount);
        _inputs[InputCount++] = name;
    }

    public void AddOutput(ulong name)
    {
        if (OutputCount == _outputs.Length) Array.Resize(ref _outputs, 2 * OutputCount);
        _outputs[OutputCount++] = name;
    }

    /// <summary>Adds an attribute; <see langword="null"/> for one that decides no shape.</summary>
    public AttributeFacts? Add(ulong name) =>
        AttributeFacts.Decides(name) ? _attributes = new() { Name = name, Next = _attributes } : null;

    /// <summary>An input; 0 if it is left out.</summary>
    public ulong Input(int index) => index < InputCount ? _inputs[index] : 0;

    public ulong Output(int index) => _outputs[index];

    /// <summary>An attribute; <see langword="null"/> if the node does not have it.</summary>
    public AttributeFacts? Find(ulong name)
    {
        var attribute = _attributes;
        while (attribute is not null && attribute.Name != name) attribute = attribute.Next;
        return attribute;
    }

    /// <summary>An integer attribute, or its default.</summary>
    public long Int(ulong name, long otherwise) => Find(name)?.Int ?? otherwise;

    /// <summary>A list of integers; <see langword="null"/> if the node does not have it.</summary>
    public long[]? Ints(ulong name) => Find(name)?.Ints;
}
