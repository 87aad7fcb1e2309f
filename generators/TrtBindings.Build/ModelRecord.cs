using System.Security.Cryptography;
using System.Text;

namespace TrtBindings.Build;

/// <summary>
/// What the last build knew of the models, in a file: a line for each model and for each of its files with weights, and their
/// locations as the model names them. A build without a change reads this and no model.
/// </summary>
internal sealed class ModelRecord
{
    private const string LocationMark = "> ";

    private readonly string _path;
    private readonly string[] _before;
    private readonly Dictionary<string, List<string>> _locations = new(StringComparer.Ordinal);

    /// <summary>With another release of this assembly everything is read again.</summary>
    private readonly List<string> _lines = ["# " + typeof(ModelRecord).Assembly.ManifestModule.ModuleVersionId];

    public ModelRecord(string path)
    {
        _path = path;
        _before = RecordFile.Read(path);
        if (_before.Length == 0 || _before[0] != _lines[0]) return;
        List<string>? last = null;
        foreach (var line in _before)
        {
            if (!line.StartsWith(LocationMark, StringComparison.Ordinal)) _locations[line] = last = [];
            else last?.Add(line.Substring(LocationMark.Length));
        }
    }

    /// <summary>Adds a model, and gives the locations of its weights.</summary>
    /// <param name="line">The model's line.</param>
    /// <param name="read">Reads the locations; not called if the line was there before.</param>
    public IReadOnlyList<string> Add(string line, Func<string[]> read)
    {
        var locations = _locations.TryGetValue(line, out var known) ? (IReadOnlyList<string>)known : read();
        _lines.Add(line);
        foreach (var location in locations) _lines.Add(LocationMark + location);
        return locations;
    }

    /// <summary>Adds a file with weights.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>A short text that changes whenever a line does.</summary>
    public string State()
    {
        using var hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", _lines)))).Replace("-", "");
    }

    /// <summary>Writes the file if there is a change.</summary>
    public void Save()
    {
        // A project without models needs no file. One that is there, from when it had models, is written anew.
        if (_before.Length == 0 && _lines.Count == 1) return;
        if (_before.SequenceEqual(_lines, StringComparer.Ordinal)) return;
        RecordFile.Write(_path, _lines);
    }
}
