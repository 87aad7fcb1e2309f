using System.Globalization;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The slot data of one major version, as native/tensorrt has it: every method of every class, with what is different in single
/// minor versions. Read once per loaded library.
/// </summary>
internal sealed class TrtSlotData
{
    private readonly List<TrtSlotRow> _rows = [];
    private readonly Dictionary<int, List<TrtSlotRow>> _onlyIn = [];

    private TrtSlotData(int major) => Major = major;

    /// <summary>The major version that the data is for.</summary>
    public int Major { get; }

    /// <summary>The majors that there is data for.</summary>
    public static IReadOnlyList<int> KnownMajors { get; } = [10, 11];

    /// <summary>The newest form of every class, in the order of the data.</summary>
    public IReadOnlyList<TrtSlotRow> Rows => _rows;

    /// <summary>The data embedded for a known major.</summary>
    public static TrtSlotData Load(int major)
    {
        var name = $"TrtBindings.TensorRt{major}.slots.txt";
        var stream = typeof(TrtSlotData).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentOutOfRangeException(nameof(major), major, "There is no slot data for this major version.");
        using var reader = new StreamReader(stream);
        return Parse(major, reader);
    }

    /// <summary>Reads data in the form of native/tensorrt.</summary>
    /// <exception cref="FormatException">A line is none of the known kinds.</exception>
    public static TrtSlotData Parse(int major, TextReader reader)
    {
        var data = new TrtSlotData(major);
        var (current, target) = ("", data._rows);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var words = line.Split(' ');
            switch (words)
            {
                case ["class", var name]:
                    (current, target) = (name, data._rows);
                    break;
                case ["only", var version, var name]:
                    (current, target) = (name, data._onlyIn[Number(version.Split('.')[1])] = []);
                    break;
                case [var method, var itanium, var microsoft, var since]:
                    target.Add(new(current, method, Number(itanium), Number(microsoft), Number(since)));
                    break;
                default:
                    throw new FormatException($"'{line}' is no line of slot data.");
            }
        }

        return data;
    }

    /// <summary>The methods that a minor version has, with its own exceptions: what is newer is left out.</summary>
    public IEnumerable<TrtSlotRow> RowsOf(int minor)
    {
        var own = _onlyIn.GetValueOrDefault(minor, []).ToDictionary(row => (row.Class, row.Method));
        foreach (var row in _rows)
        {
            var actual = own.GetValueOrDefault((row.Class, row.Method), row);
            if (actual.Since <= minor) yield return actual;
        }
    }

    private static int Number(string text) => text == "-" ? -1 : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
