namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>An enum of enums.txt.</summary>
internal sealed class EnumTable(string name, string cppName)
{
    /// <summary>The name, without a namespace.</summary>
    public string Name => name;

    /// <summary>The name with its namespace.</summary>
    public string CppName => cppName;

    /// <summary>The C# enum.</summary>
    public string CSharpName => "Trt" + name;

    /// <summary>The members, in the order of the file.</summary>
    public List<EnumMember> Members { get; } = [];

    /// <summary>
    /// Whether every member has one number in all majors that have it, so that the C# enum has TensorRT's numbers.
    /// </summary>
    public bool HasOneNumbering => Members.All(member => member.Numbers.Where(number => number >= 0).Distinct().Count() == 1);

    /// <summary>Reads enums.txt. Lines that cannot be read are left out and added to the errors.</summary>
    /// <param name="file">The text of the file.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="majors">The majors that the file has columns for.</param>
    public static List<EnumTable> Parse(string file, List<TableError> errors, out int[] majors)
    {
        var tables = new List<EnumTable>();
        majors = [];
        foreach (var line in TableLine.Of(file, errors))
        {
            var (words, columns) = (line.Words, majors.Length);
            if (words[0] == "majors")
            {
                majors = line.NumbersAfter(1);
            }
            else if (words[0] == "enum" && words.Length == 4 && words[2] == "=")
            {
                if (tables.Any(table => table.Name == words[1])) line.Fail("it is in the file twice.");
                tables.Add(new(words[1], words[3]));
            }
            else if (words.Length == columns + 2 && tables.Count > 0)
            {
                int[] values = [.. Enumerable.Range(0, columns).Select(line.NumberAt)];
                if (values.All(value => value < 0)) line.Fail("no major has it.");
                tables[tables.Count - 1].Members.Add(new(words[columns + 1], values, line.ReleaseAt(columns)));
            }
            else
            {
                line.Fail($"a member has {columns} numbers, its first release and its name, below its enum.");
            }
        }

        return tables;
    }
}

/// <summary>A member of an enum.</summary>
internal sealed class EnumMember(string name, int[] numbers, TensorRtRelease since)
{
    /// <summary>NVIDIA's name, without the leading k.</summary>
    public string Name => name;

    /// <summary>The number by major, in the order of the file's majors; −1 where the major lacks the member.</summary>
    public int[] Numbers => numbers;

    /// <summary>The first release that has it.</summary>
    public TensorRtRelease Since => since;

    /// <summary>The name in C#: FAST_MODE is FastMode.</summary>
    public string CSharpName => string.Concat(name.Split('_').Select(
        word => word.Substring(0, 1) + word.Substring(1).ToLowerInvariant()));
}
