namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Maps each value of the main graph to the operator that computes it. Names are stored as hashes. This is a hand-written hash
/// table, because a generic one over these types would be compiled by the JIT in every build of a project with models.
/// </summary>
internal sealed class ProducerTally
{
    /// <summary>Maximum number of values. Further values of a larger graph have no known operator.</summary>
    private const int Most = 1 << 18;

    private ulong[] _values = new ulong[256];
    private ulong[] _passedOn = new ulong[256];
    private string[] _operators = new string[256];
    private int _count;

    /// <summary>Adds the output of a node.</summary>
    /// <param name="output">Hash of the name of the output.</param>
    /// <param name="domain">Domain of the operator.</param>
    /// <param name="name">The operator type.</param>
    /// <param name="firstInput">Hash of the name of the first input.</param>
    public void Add(ulong output, string domain, string name, ulong firstInput)
    {
        if (output == 0 || _count >= Most) return;
        if (_count >= _values.Length / 2) Grow();
        var isStandard = domain.Length == 0 || domain == "ai.onnx";
        Put(output, isStandard ? name : domain + ":" + name, isStandard && PassesOn(name) ? firstInput : 0);
    }

    /// <summary>The operator that computes a value; empty if it is not known.</summary>
    /// <param name="value">Hash of the name of the value.</param>
    public string OperatorOf(ulong value)
    {
        // A graph without cycles needs at most one step per node. The limit also ends the search in a graph with a cycle.
        for (var steps = 0; value != 0 && steps <= _count; steps++)
        {
            var place = PlaceOf(value);
            if (_values[place] == 0) return "";
            if (_passedOn[place] == 0) return _operators[place];
            value = _passedOn[place];
        }

        return "";
    }

    /// <summary>True for operators that return their first input, at most in another type or shape.</summary>
    private static bool PassesOn(string name) => name is "Identity" or "Cast" or "Reshape" or "Flatten" or "Squeeze"
        or "Unsqueeze" or "Transpose" or "Dropout" or "QuantizeLinear" or "DequantizeLinear";

    /// <summary>Index of a value, or of the free place for it.</summary>
    private int PlaceOf(ulong value)
    {
        var mask = _values.Length - 1;
        var place = (int)(value ^ (value >> 32)) & mask;
        while (_values[place] != 0 && _values[place] != value) place = (place + 1) & mask;
        return place;
    }

    private void Put(ulong value, string name, ulong passedOn)
    {
        var place = PlaceOf(value);
        if (_values[place] == 0) _count++;
        (_values[place], _operators[place], _passedOn[place]) = (value, name, passedOn);
    }

    private void Grow()
    {
        var (values, operators, passedOn) = (_values, _operators, _passedOn);
        _values = new ulong[2 * values.Length];
        _operators = new string[2 * values.Length];
        _passedOn = new ulong[2 * values.Length];
        _count = 0;
        for (var i = 0; i < values.Length; i++)
            if (values[i] != 0) Put(values[i], operators[i], passedOn[i]);
    }
}
