namespace TrtBindings.Onnx;

/// <summary>
/// Which operator makes which value of the main graph, for as many nodes as real models have; names are kept as hashes.
/// </summary>
internal sealed class ProducerTally
{
    /// <summary>Values that are remembered; of a graph with more, the rest has no known operator.</summary>
    private const int Most = 1 << 18;

    /// <summary>Operators that give their first input on, in another type or shape at most.</summary>
    private static readonly HashSet<string> PassOn = new(StringComparer.Ordinal)
    {
        "Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Dropout", "QuantizeLinear",
        "DequantizeLinear",
    };

    private readonly Dictionary<ulong, (string Operator, ulong PassedOn)> _producers = [];

    /// <summary>Remembers a node's output.</summary>
    /// <param name="output">Hash of its name.</param>
    /// <param name="domain">The operator's domain.</param>
    /// <param name="name">The operator.</param>
    /// <param name="firstInput">Hash of the name of the node's first input.</param>
    public void Add(ulong output, string domain, string name, ulong firstInput)
    {
        if (output == 0 || _producers.Count >= Most) return;
        var isStandard = domain.Length == 0 || domain == "ai.onnx";
        _producers[output] = isStandard
            ? (name, PassOn.Contains(name) ? firstInput : 0)
            : (domain + ":" + name, 0);
    }

    /// <summary>The operator behind a value; empty if it is not known.</summary>
    /// <param name="value">Hash of its name.</param>
    public string OperatorOf(ulong value)
    {
        // A graph without cycles needs no more steps than it has nodes; one with a cycle ends here too.
        for (var steps = 0; steps <= _producers.Count; steps++)
        {
            if (!_producers.TryGetValue(value, out var producer)) return "";
            if (producer.PassedOn == 0) return producer.Operator;
            value = producer.PassedOn;
        }

        return "";
    }
}
