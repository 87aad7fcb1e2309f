namespace TrtBindings.OnnxRuntime;

/// <summary>Remembers the output shapes that a session reported for the last few input shapes.</summary>
internal sealed class OrtShapeMemory
{
    /// <summary>Enough for a program that alternates between a handful of batch or picture sizes.</summary>
    private const int Limit = 16;

    private readonly List<(nint[] Inputs, nint[][] Outputs)> _known = [];

    /// <summary>The output shapes for these inputs; <see langword="null"/> if there was no such run.</summary>
    public nint[][]? Find(ReadOnlySpan<OrtInput> inputs)
    {
        foreach (var (key, outputs) in _known)
            if (Matches(key, inputs)) return outputs;
        return null;
    }

    /// <summary>Remembers a run. It replaces an older one with the same input shapes.</summary>
    public void Remember(ReadOnlySpan<OrtInput> inputs, nint[][] outputs)
    {
        for (var i = 0; i < _known.Count; i++)
        {
            if (!Matches(_known[i].Inputs, inputs)) continue;
            _known.RemoveAt(i);
            break;
        }

        if (_known.Count == Limit) _known.RemoveAt(0);
        var key = new List<nint>();
        foreach (var input in inputs)
        {
            // The rank first: it can change where the file leaves it open.
            key.Add(input.Buffer.Rank);
            key.AddRange(input.Buffer.Lengths);
        }

        _known.Add(([.. key], outputs));
    }

    private static bool Matches(ReadOnlySpan<nint> key, ReadOnlySpan<OrtInput> inputs)
    {
        foreach (var input in inputs)
        {
            var lengths = input.Buffer.Lengths;
            if (key.Length < lengths.Length + 1 || key[0] != lengths.Length
                || !key.Slice(1, lengths.Length).SequenceEqual(lengths))
                return false;
            key = key[(lengths.Length + 1)..];
        }

        return key.IsEmpty;
    }
}
