namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>releases.txt.</summary>
internal sealed class ReleaseTable
{
    /// <summary>The majors in the order in which libraries are looked for.</summary>
    public List<(int Major, int Newest, string Linux, string Windows)> Majors { get; } = [];

    /// <summary>What some releases have and others have not; the last release is the default where there is no end.</summary>
    public List<(string Name, TensorRtRelease First, TensorRtRelease Last, string Text)> Features { get; } = [];

    /// <summary>Reads the file. Lines that cannot be read are left out and added to the errors.</summary>
    public static ReleaseTable Parse(string file, List<TableError> errors)
    {
        var table = new ReleaseTable();
        foreach (var line in TableLine.Of(file, errors))
        {
            var words = line.Words;
            if (words[0] == "major" && words.Length == 5 && words.Skip(3).All(pattern => pattern.Contains("{name}")))
                table.Majors.Add((line.NumberAt(1), line.NumberAt(2), words[3], words[4]));
            else if (words[0] == "feature" && words.Length > 4)
                table.Features.Add((words[1], line.ReleaseAt(2), line.ReleaseAt(3), string.Join(" ", words.Skip(4))));
            else
                line.Fail("it is neither 'major NUMBER NEWEST LINUX WINDOWS' nor 'feature NAME FIRST LAST TEXT'.");
        }

        return table;
    }
}
