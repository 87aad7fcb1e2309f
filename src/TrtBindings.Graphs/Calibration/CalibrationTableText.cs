using System.Globalization;
using System.Text;

namespace TrtBindings.Graphs.Calibration;

/// <summary>
/// The text of a calibration table: a head that says what it is from, then a line for each tensor. Each line has a check of
/// itself and of all before it, but for its amax, which is made to be changed by hand. So a line that was lost, moved, added or
/// changed is found where it was, and the head's count finds lines that are lost at the end.
/// </summary>
internal static class CalibrationTableText
{
    private const string Title = "# TrtBindings calibration table 2";
    private const string Columns = "# amax\tlargest\tmethod\tcheck\ttensor";
    private const string None = "-";
    private const string Check = "check";
    private const string TakeBack = "Take that back; only amax is made to be changed";

    /// <summary>Names of the lines of the head, in order. The check is of all before it.</summary>
    private static readonly string[] Head = ["model", "sha256", "type", "method", "samples", "tensors", Check];

    /// <summary>Makes the error about a line: its number, what is wrong, and a cure beside that of a new table.</summary>
    public delegate CalibrationTableException Fault(int line, string what, string? cure);

    /// <summary>The line of a part of the head, from 1 on.</summary>
    public static int LineOf(string header) => Array.IndexOf(Head, header) + 2;

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="model">The model's file.</param>
    public static string Of(CalibrationResult table, string model)
    {
        var text = new StringBuilder();
        text.Append(Title).Append('\n');
        string[] values =
        [
            Escaped(Path.GetFileName(model)), table.ModelHash, table.Type.OnnxName(), table.Method, Text(table.Samples),
            Text(table.Tensors.Count),
        ];
        var check = CheckOf("", values);
        foreach (var (name, value) in Head.Zip(values.Append(check))) text.Append("# ").Append(name).Append(": ").Append(value)
            .Append('\n');
        text.Append(Columns).Append('\n');
        foreach (var tensor in table.Tensors)
        {
            var (amax, method) = tensor.Amax is { } number ? (Text(number), tensor.Method.ToString()) : (None, None);
            var (largest, name) = (Text(tensor.Largest), Escaped(tensor.Name));
            check = CheckOf(check, largest, method, name);
            text.AppendJoin('\t', amax, largest, method, check, name).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="CalibrationTableException">A line is missing, damaged, or more of it than amax was changed.</exception>
    public static CalibrationResult Parse(string[] lines, Fault fault)
    {
        if (lines.Length == 0 || lines[0] != Title)
        {
            throw fault(1, $"does not begin with '{Title}', so it is of another version or no calibration table",
                "Name another file");
        }

        var head = Head.Select((name, i) => Header(lines, i + 1, name, fault)).ToArray();
        var check = CheckOf("", head[..^1]);
        if (head[^1] != check) throw fault(LineOf(Check), "does not fit the lines above it: one of them was changed", TakeBack);
        if (ElementTypeOf(head[2]) is not { } type)
            throw fault(LineOf("type"), $"names the unknown type '{head[2]}'", null);
        var (samples, count) = (Number(head, "samples", fault), Number(head, "tensors", fault));
        var tensors = new List<CalibratedTensor>();
        var names = new HashSet<string>();
        for (var i = Head.Length + 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            var parts = lines[i].Split('\t');
            if (parts.Length != 5)
                throw fault(i + 1, "has not the five columns amax, largest, method, check and tensor there", null);
            var tensor = Tensor(parts, i + 1, fault);
            if (!names.Add(tensor.Name)) throw fault(i + 1, $"has the tensor '{tensor.Name}' twice", "Remove one of the lines");
            check = CheckOf(check, parts[1], parts[2], parts[4]);
            if (parts[3] != check)
            {
                throw fault(i + 1, "does not follow the line before it: lines between them are missing or in another place, or "
                    + "more than amax was changed in it", TakeBack);
            }

            if (tensor.Amax is { } amax) RefuseNonsense(tensor, amax, type, i + 1, fault);
            tensors.Add(tensor);
        }

        return tensors.Count == count ? new(head[1], type, head[3], samples, tensors)
            : throw fault(lines.Length, $"is the last one, of tensor {tensors.Count}, and there were {count}: the end is missing",
                null);
    }

    private static string Header(string[] lines, int index, string name, Fault fault)
    {
        var start = $"# {name}: ";
        return index < lines.Length && lines[index].StartsWith(start, StringComparison.Ordinal)
            ? lines[index][start.Length..]
            : throw fault(index + 1, $"has no line '{start}…' there", null);
    }

    private static int Number(string[] head, string name, Fault fault)
    {
        var text = head[Array.IndexOf(Head, name)];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw fault(LineOf(name), $"has '{text}' {name}", null);
    }

    private static CalibratedTensor Tensor(string[] parts, int line, Fault fault)
    {
        var (amaxText, largestText, methodText, name) = (parts[0], parts[1], parts[2], Unescaped(parts[4]));
        if (!float.TryParse(largestText, NumberStyles.Float, CultureInfo.InvariantCulture, out var largest) || largest < 0)
            throw fault(line, $"has '{largestText}' for the largest magnitude", TakeBack);
        if (amaxText == None && methodText == None) return new(name, largest, default, null);
        if (!float.TryParse(amaxText, NumberStyles.Float, CultureInfo.InvariantCulture, out var amax) || amax < 0
            || !float.IsFinite(amax))
            throw fault(line, $"has '{amaxText}' for amax, which is a finite number from 0 on", "Correct it");
        return Enum.TryParse<CalibrationMethod>(methodText, out var method) && Enum.IsDefined(method)
            ? new(name, largest, method, amax)
            : throw fault(line, $"names the unknown method '{methodText}'", TakeBack);
    }

    /// <summary>
    /// Refuses a range with which every number that was seen becomes 0, and one of 0 for a tensor that is not always 0. No method
    /// gives either. What lies between is the user's to choose: a range may end far below an outlier, and beyond all that the
    /// samples had.
    /// </summary>
    private static void RefuseNonsense(CalibratedTensor tensor, float amax, ElementType type, int line, Fault fault)
    {
        // The largest of a tensor with infinities or NaN says nothing of its other numbers.
        if (!float.IsFinite(tensor.Largest)) return;
        // Half a step of INT8 is amax / 254; of E4M3, whose smallest number is 2^-9 of its scale, amax / (448 * 2^10).
        var most = (double)tensor.Largest * (type == ElementType.Int8 ? 254 : 448 * 1024);
        if (amax > most)
        {
            throw fault(line, $"has the amax {Text(amax)}, and the largest magnitude of '{tensor.Name}' was "
                + $"{Text(tensor.Largest)}: all of it would become 0", $"Write an amax up to {Text((float)most)}");
        }

        if (!float.IsNormal(amax) && float.IsNormal(tensor.Largest))
        {
            throw fault(line,
                $"has the amax {Text(amax)}, and the largest magnitude of '{tensor.Name}' was {Text(tensor.Largest)}",
                "Write an amax above 0");
        }
    }

    private static ElementType? ElementTypeOf(string name) =>
        new ElementType?[] { ElementType.Int8, ElementType.Float8E4M3FN }.FirstOrDefault(type => type!.Value.OnnxName() == name);

    /// <summary>Eight digits over texts and all before them: damage is to be found, and nobody keeps a secret here.</summary>
    private static string CheckOf(string before, params IEnumerable<string> texts)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\t', texts.Prepend(before)));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes).AsSpan(0, 4));
    }

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Names may have anything in them; lines and columns must not break.</summary>
    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\')) return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isEscape = text[i] == '\\' && i + 1 < text.Length;
            result.Append(!isEscape ? text[i] : text[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
        }

        return result.ToString();
    }
}
