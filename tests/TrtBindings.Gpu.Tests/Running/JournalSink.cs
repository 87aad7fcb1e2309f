using Xunit.Abstractions;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Writes what xunit's engine tells into the journal.</summary>
internal sealed class JournalSink(Journal journal) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private readonly ManualResetEventSlim _finished = new();

    public bool OnMessage(IMessageSinkMessage message)
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
                journal.Write(new(test.Test.DisplayName, "failed", (double)test.ExecutionTime, TextOf(test)));
                break;
            case ITestFinished:
                // After each test: a later one may bring the process down.
                CallLog.Flush();
                break;
            case ITestAssemblyFinished:
                _finished.Set();
                break;
        }

        return true;
    }

    public void WaitUntilFinished() => _finished.Wait();

    public void Dispose() => _finished.Dispose();

    /// <summary>The exception, and those inside it, with where they were thrown.</summary>
    private static string TextOf(IFailureInformation failure) => string.Join('\n',
        failure.Messages.Select((message, i) => $"{failure.ExceptionTypes[i]}: {message}\n{failure.StackTraces[i]}"));
}
