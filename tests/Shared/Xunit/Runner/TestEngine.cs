using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace TrtBindings.TestSupport;

/// <summary>xunit's own engine, called in process. For programs that run where there is no SDK and no test host.</summary>
internal static class TestEngine
{
    /// <summary>The tests of an assembly, one for each row of a theory.</summary>
    public static ITestCase[] Discover(Assembly assembly)
    {
        using var framework = new XunitTestFramework(new IgnoringSink());
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using var sink = new DiscoverySink();
        discoverer.Find(includeSourceInformation: false, sink, new Options());
        sink.Finished.Wait();
        return [.. sink.Tests];
    }

    /// <summary>Runs tests one after the other, and returns when all have ended.</summary>
    /// <param name="assembly">The assembly that they were discovered in.</param>
    /// <param name="tests">The tests.</param>
    /// <param name="report">Gets a message for each event of a test.</param>
    public static void Run(Assembly assembly, IEnumerable<ITestCase> tests, Action<IMessageSinkMessage> report)
    {
        using var framework = new XunitTestFramework(new IgnoringSink());
        using var executor = framework.GetExecutor(assembly.GetName());
        using var sink = new ReportingSink(report);
        executor.RunTests(tests, sink, new Options());
        sink.Finished.Wait();
    }

    /// <summary>The exceptions of a failed test, with their stack traces.</summary>
    public static string TextOf(IFailureInformation failure) => string.Join('\n',
        failure.Messages.Select((message, i) => $"{failure.ExceptionTypes[i]}: {message}\n{failure.StackTraces[i]}"));

    private sealed class DiscoverySink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        public List<ITestCase> Tests { get; } = [];

        public ManualResetEventSlim Finished { get; } = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestCaseDiscoveryMessage discovered) Tests.Add(discovered.TestCase);
            if (message is IDiscoveryCompleteMessage) Finished.Set();
            return true;
        }

        public void Dispose() => Finished.Dispose();
    }

    private sealed class ReportingSink(Action<IMessageSinkMessage> report)
        : LongLivedMarshalByRefObject, IMessageSink, IDisposable
    {
        public ManualResetEventSlim Finished { get; } = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            report(message);
            if (message is ITestAssemblyFinished) Finished.Set();
            return true;
        }

        public void Dispose() => Finished.Dispose();
    }

    /// <summary>Takes the engine's diagnostic messages, which do not belong to any test.</summary>
    private sealed class IgnoringSink : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => true;
    }

    /// <summary>Splits theories into rows, and runs nothing in parallel: under Wine .NET crashes if it does.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = new()
        {
            ["xunit.discovery.PreEnumerateTheories"] = true,
            ["xunit.execution.DisableParallelization"] = true,
        };

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }
}
