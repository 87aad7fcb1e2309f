namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>methods.txt.</summary>
internal sealed class MethodTable
{
    private readonly List<ClassTable> _classes = [];

    private MethodTable()
    {
    }

    /// <summary>The majors that the file has columns for, in their order.</summary>
    public int[] Majors { get; private set; } = [];

    /// <summary>The classes, in the order of the file.</summary>
    public IReadOnlyList<ClassTable> Classes => _classes;

    /// <summary>The classes that TensorRT implements and TrtBindings calls, with the methods that it calls.</summary>
    public IEnumerable<(ClassTable Class, MethodRow[] Methods)> Called =>
        from table in _classes
        let methods = table.Methods.Where(method => method.IsUsed).ToArray()
        where !table.IsCallback && methods.Length > 0
        select (table, methods);

    /// <summary>Reads the file. Lines that cannot be read are left out and added to the errors.</summary>
    public static MethodTable Parse(string file, List<TableError> errors)
    {
        var table = new MethodTable();
        ClassTable? current = null;
        Dictionary<string, int>? only = null;
        foreach (var line in TableLine.Of(file, errors))
        {
            var words = line.Words;
            if (words[0] == "majors")
            {
                table.Majors = line.NumbersAfter(1);
            }
            else if (words[0] is "class" or "callback" && words.Length >= 4 && words[2] == "=")
            {
                if (words.Length > 5 || (words.Length == 5 && words[4] != "used"))
                    line.Fail("only 'used' may follow the C++ name.");
                if (table.Find(words[1]) is not null) line.Fail($"the class {words[1]} is in the file twice.");
                current = new(words[1], words[3], words[0] == "callback", words.Length > 4, line);
                only = null;
                table._classes.Add(current);
            }
            else if (words[0] == "only" && words.Length == 3)
            {
                current = table.Find(words[2]);
                if (current is null) line.Fail($"there is no class {words[2]} above.");
                only = [];
                var release = line.ReleaseAt(1);
                if (current is not null) current.Only[(release.Major, release.Minor)] = only;
            }
            else if (only is not null && words.Length == 2)
            {
                if (current?.Methods.Any(row => row.Name == words[1]) == false) line.Fail($"{current.Name} has no {words[1]}.");
                only[words[1]] = line.NumberAt(0);
            }
            else if (table.Row(line) is { } row)
            {
                if (current is null) line.Fail("no class is above this line.");
                else if (current.Methods.Any(other => other.Key == row.Key)) line.Fail($"{current.Name} has it twice.");
                else current.Methods.Add(row);
            }
        }

        table.FindGaps(errors);
        return table;
    }

    /// <summary>A class by its name.</summary>
    public ClassTable? Find(string name) => _classes.FirstOrDefault(table => table.Name == name);

    /// <summary>The place of a major in the columns; −1 for an unknown one.</summary>
    public int IndexOf(int major) => Array.IndexOf(Majors, major);

    private MethodRow? Row(TableLine line)
    {
        var used = line.Words[0] == "*";
        var (first, columns) = (used ? 1 : 0, Majors.Length);
        var open = line.Text.IndexOf('(');
        if (open < 0 || !line.Text.TrimEnd().EndsWith(")", StringComparison.Ordinal) || line.Words.Length < first + columns + 2)
        {
            line.Fail($"a method has {columns} slots, its first release, and its signature with parentheses.");
            return null;
        }

        var slots = Enumerable.Range(first, columns).Select(line.NumberAt).ToArray();
        var since = line.ReleaseAt(first + columns);
        if (slots.All(slot => slot < 0)) line.Fail("no major has it.");
        var head = line.Text.Substring(0, open).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var signature = head.Skip(first + columns + 1).ToArray();
        var inside = line.Text.TrimEnd().Substring(open + 1).TrimEnd(')');
        string[] parameters = inside.Trim().Length == 0 ? [] : [.. inside.Split(',').Select(word => word.Trim())];
        if (parameters.Any(word => word.Length == 0 || word.Contains(' '))) line.Fail("a parameter is one word.");
        if (signature.Length == 1 && signature[0] == MethodRow.Destructor && parameters.Length == 0)
            return new(line.Number, MethodRow.Destructor, ["void"], [], slots, since, used);
        if (signature.Length == 2)
            return new(line.Number, signature[1], signature[0].Split('/'), parameters, slots, since, used);
        line.Fail("a signature is the type of the result, the name, and the parameters in parentheses.");
        return null;
    }

    /// <summary>A class's table has an entry for every slot: a gap or a double number is a mistake in the file.</summary>
    private void FindGaps(List<TableError> errors)
    {
        foreach (var table in _classes)
        {
            for (var i = 0; i < Majors.Length; i++)
            {
                var releases = table.Only.Keys.Where(key => key.Major == Majors[i]).Select(key => key.Minor)
                    .Append(TensorRtRelease.LastMinor);
                foreach (var minor in releases)
                {
                    var slots = table.EntriesOf(i, Majors[i], minor).Select(entry => entry.Itanium).ToArray();
                    var wrong = Enumerable.Range(0, slots.Length).Where(slot => slots[slot] != slot).Take(1);
                    foreach (var slot in wrong)
                        errors.Add(new(table.Line.Number,
                            $"{table.Name} in {new TensorRtRelease(Majors[i], minor)}: slot {slot} is missing, or there twice."));
                }
            }
        }
    }
}
