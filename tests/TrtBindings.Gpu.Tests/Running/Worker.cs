using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Runs the tests of this assembly in this process, by xunit's own engine.</summary>
internal static class Worker
{
    /// <summary>Runs what the filters name and the journal does not hold yet.</summary>
    public static int Run(Journal journal, IReadOnlyList<string> filters)
    {
        var done = journal.Read().Select(outcome => outcome.Test).ToHashSet();
        var assembly = Assembly.GetExecutingAssembly();
        using var framework = new XunitTestFramework(new NullSink());
        var cases = Discover(framework, assembly)
            .Where(test => !done.Contains(test.DisplayName) && IsWanted(test.DisplayName, filters))
            .OrderBy(test => test.DisplayName, StringComparer.Ordinal).ToArray();
        if (cases.Length == 0) return 0;
        using var executor = framework.GetExecutor(assembly.GetName());
        using var sink = new JournalSink(journal);
        executor.RunTests(cases, sink, new FrameworkOptions());
        sink.WaitUntilFinished();
        return 0;
    }

    /// <summary>Names of the tests that the filters name.</summary>
    public static IEnumerable<string> List(IReadOnlyList<string> filters)
    {
        using var framework = new XunitTestFramework(new NullSink());
        return [.. Discover(framework, Assembly.GetExecutingAssembly()).Select(test => test.DisplayName)
            .Where(name => IsWanted(name, filters)).Order(StringComparer.Ordinal)];
    }

    private static bool IsWanted(string name, IReadOnlyList<string> filters) =>
        filters.Count == 0 || filters.Any(filter => name.Contains(filter, StringComparison.OrdinalIgnoreCase));

    private static List<ITestCase> Discover(XunitTestFramework framework, Assembly assembly)
    {
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using var sink = new DiscoverySink();
        discoverer.Find(includeSourceInformation: false, sink, new FrameworkOptions());
        sink.WaitUntilFinished();
        return sink.Tests;
    }
}
