using System.Reflection;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Runs the tests of this assembly in this process.</summary>
internal static class Worker
{
    /// <summary>Runs the tests that the filters name and that are not in the journal yet.</summary>
    public static int Run(Journal journal, IReadOnlyList<string> filters)
    {
        var done = journal.Read().Select(outcome => outcome.Test).ToHashSet();
        var assembly = Assembly.GetExecutingAssembly();
        var tests = TestEngine.Discover(assembly)
            .Where(test => !done.Contains(test.DisplayName) && IsWanted(test.DisplayName, filters))
            .OrderBy(test => test.DisplayName, StringComparer.Ordinal).ToArray();
        if (tests.Length > 0) TestEngine.Run(assembly, tests, new JournalReport(journal).Write);
        return 0;
    }

    /// <summary>Names of the tests that the filters name.</summary>
    public static IEnumerable<string> List(IReadOnlyList<string> filters) =>
        [.. TestEngine.Discover(Assembly.GetExecutingAssembly()).Select(test => test.DisplayName)
            .Where(name => IsWanted(name, filters)).Order(StringComparer.Ordinal)];

    private static bool IsWanted(string name, IReadOnlyList<string> filters) =>
        filters.Count == 0 || filters.Any(filter => name.Contains(filter, StringComparison.OrdinalIgnoreCase));
}
