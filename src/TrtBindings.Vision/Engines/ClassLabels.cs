using System.Runtime.CompilerServices;

namespace TrtBindings.Vision.Engines;

/// <summary>Turns the class numbers that a model returns into values of its label enum.</summary>
/// <param name="signature">The model.</param>
/// <param name="first">Class number of the first label.</param>
internal sealed class ClassLabels(ModelSignature signature, int first = 0)
{
    /// <summary>Number of labels; 0 if the model has none, and then every class has one.</summary>
    public int Count => signature.Labels.Count;

    /// <summary>The class number that an output states as a float; -1, which no model has, for NaN.</summary>
    public static int Nearest(float value) => float.IsNaN(value) ? -1 : (int)MathF.Round(value);

    /// <summary>The label of a class.</summary>
    /// <exception cref="TensorException">The model has no label for this class.</exception>
    public TLabel Of<TLabel>(int classIndex)
        where TLabel : unmanaged, Enum
    {
        var label = (long)classIndex - first;
        if (label >= 0 && (Count == 0 || label < Count)) return ValueOf<TLabel>((int)label);
        throw new TensorException(signature.Outputs[0].Name, $"'{signature.File}' returned class {classIndex}, but its labels "
            + $"are for classes {first} to {first + Count - 1}.");
    }

    /// <summary>An output that came back on the GPU with other lengths than the family has.</summary>
    /// <param name="output">Index of the output.</param>
    /// <param name="lengths">Its lengths.</param>
    /// <param name="batch">Images of the run.</param>
    /// <param name="problem">What the rule says against it.</param>
    public TensorException Unexpected(int output, ReadOnlySpan<nint> lengths, int batch, string problem)
    {
        var name = output < signature.Outputs.Count ? signature.Outputs[output].Name : $"output {output}";
        return new(name, $"'{name}' came back as [{string.Join(", ", lengths.ToArray())}] for a batch of {batch}: it {problem}.");
    }

    /// <summary>The enum value with a number, without reflection.</summary>
    public static TLabel ValueOf<TLabel>(int value)
        where TLabel : unmanaged, Enum => Unsafe.SizeOf<TLabel>() switch
        {
            sizeof(byte) => Unsafe.BitCast<byte, TLabel>((byte)value),
            sizeof(short) => Unsafe.BitCast<short, TLabel>((short)value),
            sizeof(int) => Unsafe.BitCast<int, TLabel>(value),
            _ => Unsafe.BitCast<long, TLabel>(value),
        };

    /// <summary>The number of an enum value; -1 if no class can have it.</summary>
    public static int NumberOf<TLabel>(TLabel label)
        where TLabel : unmanaged, Enum
    {
        long number = Unsafe.SizeOf<TLabel>() switch
        {
            sizeof(byte) => Unsafe.BitCast<TLabel, byte>(label),
            sizeof(short) => Unsafe.BitCast<TLabel, short>(label),
            sizeof(int) => Unsafe.BitCast<TLabel, int>(label),
            _ => Unsafe.BitCast<TLabel, long>(label),
        };
        return number is >= 0 and <= int.MaxValue ? (int)number : -1;
    }
}
