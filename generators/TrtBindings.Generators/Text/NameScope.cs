namespace TrtBindings.Generators.Text;

/// <summary>Keeps names distinct. The first to ask for a name gets it, the next ones get a number.</summary>
internal sealed class NameScope
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public NameScope(params string[] reserved) => _taken = new(reserved, StringComparer.Ordinal);

    /// <summary>The name itself, or the name with the first free number behind an underscore.</summary>
    public string Take(string preferred) => Take(preferred, static _ => []);

    /// <summary>Like <see cref="Take(string)"/>; <paramref name="companions"/> returns names to reserve along with it.</summary>
    public string Take(string preferred, Func<string, string[]> companions)
    {
        var number = _next.TryGetValue(preferred, out var known) ? known : 1;
        while (true)
        {
            var candidate = number == 1 ? preferred : preferred + "_" + Literals.Number(number);
            number++;
            var all = companions(candidate);
            if (_taken.Contains(candidate) || all.Any(_taken.Contains)) continue;
            _taken.Add(candidate);
            _taken.UnionWith(all);
            _next[preferred] = number;
            return candidate;
        }
    }
}
