using System.Globalization;

namespace TrtBindings.Graphs.Types;

/// <summary>One line of <see cref="OperatorTable"/>.</summary>
internal sealed record OperatorRule(string Name)
{
    private const int Never = int.MaxValue;

    private string Inputs { get; init; } = "";

    private string Outputs { get; init; } = "";

    /// <summary>True if it gives elements of its first input, so that its precision follows from that one.</summary>
    public bool Moves { get; private init; }

    /// <summary>The first operator set in which it takes FP16.</summary>
    private int Float16Since { get; init; } = 1;

    /// <summary>The first operator set in which it takes BF16.</summary>
    private int BFloat16Since { get; init; } = 13;

    public static OperatorRule Parse(string line)
    {
        var parts = line.Split(' ');
        var types = parts[1].Split('>');
        var rule = new OperatorRule(parts[0]) { Inputs = types[0], Outputs = types[1] };
        foreach (var flag in parts[2..])
        {
            rule = flag switch
            {
                "move" => rule with { Moves = true },
                "b-" => rule with { BFloat16Since = Never },
                _ when flag[0] == 'b' => rule with { BFloat16Since = Number(flag) },
                _ when flag[0] == 'q' => rule with { Float16Since = Number(flag), BFloat16Since = Number(flag) },
                _ => throw new FormatException(line),
            };
        }

        return rule;
    }

    /// <summary>The letter of an input.</summary>
    public char Input(int index) => At(Inputs, index);

    /// <summary>The letter of an output.</summary>
    public char Output(int index) => At(Outputs, index);

    /// <summary>True if the operator's type can be this one.</summary>
    public bool Takes(ElementType type, long opset) =>
        Inputs.Contains('T') && opset >= (type == ElementType.BFloat16 ? BFloat16Since : Float16Since);

    private static int Number(string flag) => int.Parse(flag.AsSpan(1), CultureInfo.InvariantCulture);

    private static char At(string letters, int index) =>
        letters.EndsWith('*') ? letters[Math.Min(index, letters.Length - 2)] : index < letters.Length ? letters[index] : '.';
}
