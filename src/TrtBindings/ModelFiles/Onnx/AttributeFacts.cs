namespace TrtBindings.ModelFiles.Onnx;

/// <summary>An attribute that decides shapes.</summary>
internal sealed class AttributeFacts
{
    public static readonly ulong Axis = ProtobufReader.NameHash("axis");
    public static readonly ulong Axes = ProtobufReader.NameHash("axes");
    public static readonly ulong Permutation = ProtobufReader.NameHash("perm");
    public static readonly ulong KeepDimensions = ProtobufReader.NameHash("keepdims");
    public static readonly ulong WithoutAxes = ProtobufReader.NameHash("noop_with_empty_axes");
    public static readonly ulong Shape = ProtobufReader.NameHash("shape");
    public static readonly ulong Starts = ProtobufReader.NameHash("starts");
    public static readonly ulong Ends = ProtobufReader.NameHash("ends");
    public static readonly ulong Start = ProtobufReader.NameHash("start");
    public static readonly ulong End = ProtobufReader.NameHash("end");
    public static readonly ulong Split = ProtobufReader.NameHash("split");
    public static readonly ulong TransposeA = ProtobufReader.NameHash("transA");
    public static readonly ulong TransposeB = ProtobufReader.NameHash("transB");
    public static readonly ulong Value = ProtobufReader.NameHash("value");
    public static readonly ulong ValueInt = ProtobufReader.NameHash("value_int");
    public static readonly ulong ValueInts = ProtobufReader.NameHash("value_ints");

    private static readonly ulong[] All =
    [
        Axis, Axes, Permutation, KeepDimensions, WithoutAxes, Shape, Starts, Ends, Start, End, Split, TransposeA, TransposeB,
        Value, ValueInt, ValueInts,
    ];

    private long[] _ints = [];
    private int _count;

    /// <summary>Hash of the name.</summary>
    public ulong Name { get; init; }

    /// <summary>Another attribute of the node.</summary>
    public AttributeFacts? Next { get; init; }

    public long? Int { get; set; }

    /// <summary>A list; <see langword="null"/> for one that is longer than any list of axes or sizes.</summary>
    public long[]? Ints
    {
        get
        {
            if (_count > ValueFacts.MostNumbers) return null;
            var ints = new long[_count];
            for (var i = 0; i < _count; i++) ints[i] = _ints[i];
            return ints;
        }
    }

    public ValueFacts? Tensor { get; set; }

    /// <summary>True for the name of an attribute that decides shapes.</summary>
    public static bool Decides(ulong name) => Array.IndexOf(All, name) >= 0;

    public void AddInt(long number)
    {
        if (_count == 0) _ints = new long[4];
        if (_count == _ints.Length && _count < ValueFacts.MostNumbers) Array.Resize(ref _ints, 2 * _count);
        if (_count < _ints.Length) _ints[_count] = number;
        if (_count <= ValueFacts.MostNumbers) _count++;
    }
}
