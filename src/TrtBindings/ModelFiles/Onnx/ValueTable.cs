namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Facts of the values of a graph, by the hash of their name. Hand-written for the reason that <see cref="ProducerTally"/> has.
/// </summary>
internal sealed class ValueTable
{
    private ulong[] _names = new ulong[256];
    private ValueFacts[] _facts = new ValueFacts[256];
    private int _count;

    /// <summary>The facts of a value; those of nothing if it was not set.</summary>
    public ValueFacts this[ulong name]
    {
        get => name == 0 ? ValueFacts.None : _facts[PlaceOf(name)] ?? ValueFacts.None;
        set
        {
            if (name == 0) return;
            if (_count >= _names.Length / 2) Grow();
            var place = PlaceOf(name);
            if (_names[place] == 0) _count++;
            (_names[place], _facts[place]) = (name, value);
        }
    }

    private int PlaceOf(ulong name)
    {
        var mask = _names.Length - 1;
        var place = (int)(name ^ (name >> 32)) & mask;
        while (_names[place] != 0 && _names[place] != name) place = (place + 1) & mask;
        return place;
    }

    private void Grow()
    {
        var (names, facts) = (_names, _facts);
        (_names, _facts) = (new ulong[2 * names.Length], new ValueFacts[2 * names.Length]);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] == 0) continue;
            var place = PlaceOf(names[i]);
            (_names[place], _facts[place]) = (names[i], facts[i]);
        }
    }
}
