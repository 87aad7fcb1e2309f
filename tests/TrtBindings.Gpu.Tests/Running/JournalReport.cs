using TrtBindings.TestSupport;
using Xunit.Abstractions;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Writes each event of a test into the journal.</summary>
internal sealed class JournalReport(Journal journal)
{
    /// <summary>Writes one event, as it happens: the next test may bring the process down.</summary>
    public void Write(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestStarting test:
                journal.Write(new(test.Test.DisplayName, "started"));
                break;
            case ITestPassed test:
                journal.Write(new(test.Test.DisplayName, "passed", (double)test.ExecutionTime));
                break;
            case ITestSkipped test:
                journal.Write(new(test.Test.DisplayName, "skipped", 0, test.Reason));
                break;
            case ITestFailed test:
                journal.Write(new(test.Test.DisplayName, "failed", (double)test.ExecutionTime, TestEngine.TextOf(test)));
                break;
            case ITestFinished:
                CallLog.Flush();
                break;
        }
    }
}
