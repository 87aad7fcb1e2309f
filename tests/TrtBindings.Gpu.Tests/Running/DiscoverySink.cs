using Xunit.Abstractions;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Collects the tests that there are.</summary>
internal sealed class DiscoverySink : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly ManualResetEventSlim _finished = new();

    public List<ITestCase> Tests { get; } = [];

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage discovered) Tests.Add(discovered.TestCase);
        if (message is IDiscoveryCompleteMessage) _finished.Set();
        return true;
    }

    public void WaitUntilFinished() => _finished.Wait();

    public void Dispose() => _finished.Dispose();
}
