using System.Reflection;
using Xunit.Abstractions;

namespace TrtBindings.TestSupport;

/// <summary>
/// Makes a test project a program: a self-contained publish of it runs its tests on a system without the SDK. With
/// <c>dotnet test</c> nothing of this is called.
/// </summary>
internal static class TestProgram
{
    private const string Usage = """
        Runs the tests of this program.

          --not-category NAME   leaves out tests with [Trait("Category", NAME)]
          --not PART            leaves out tests whose full name contains PART
          --list                prints the names of the tests instead of running them
          --trace               prints the name of each test when it begins
          PART ...              runs only tests whose full name contains one of these

        The last line is "N passed, N failed, N skipped". The exit code is 0 if at least one test ran and none failed.
        """;

    private static int Main(string[] arguments)
    {
        // Reflection calls a method through the runtime's native code the first time. Under Wine 8 an exception that leaves the
        // method there, a failed or skipped test, is fatal the second time: the unwinder recurses until the stack is full.
        AppContext.SetSwitch("Switch.System.Reflection.ForceEmitInvoke", true);
        var (categories, without, wanted) = (new List<string>(), new List<string>(), new List<string>());
        var (list, trace) = (false, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            var hasValue = i + 1 < arguments.Length;
            if (arguments[i] == "--list") list = true;
            else if (arguments[i] == "--trace") trace = true;
            else if (arguments[i] == "--not-category" && hasValue) categories.Add(arguments[++i]);
            else if (arguments[i] == "--not" && hasValue) without.Add(arguments[++i]);
            else if (!arguments[i].StartsWith('-')) wanted.Add(arguments[i]);
            else return Fail();
        }

        var assembly = Assembly.GetExecutingAssembly();
        var tests = TestEngine.Discover(assembly).Where(test => IsWanted(test)).ToArray();
        if (!list) return Run(assembly, tests, trace);
        foreach (var test in tests) Console.WriteLine(test.DisplayName);
        return 0;

        bool IsWanted(ITestCase test) =>
            (wanted.Count == 0 || wanted.Exists(part => test.DisplayName.Contains(part, StringComparison.Ordinal)))
            && !without.Exists(part => test.DisplayName.Contains(part, StringComparison.Ordinal))
            && !(test.Traits.TryGetValue("Category", out var names) && names.Exists(categories.Contains));

        static int Fail()
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
    }

    private static int Run(Assembly assembly, IReadOnlyCollection<ITestCase> tests, bool trace)
    {
        var (passed, failed, skipped) = (0, 0, 0);
        var console = new Lock();
        if (tests.Count > 0) TestEngine.Run(assembly, tests, Report);
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed > 0 ? 0 : 1;

        void Report(IMessageSinkMessage message)
        {
            lock (console)
            {
                switch (message)
                {
                    case ITestStarting start when trace:
                        Console.WriteLine($"begins: {start.Test.DisplayName}");
                        break;
                    case ITestPassed:
                        passed++;
                        break;
                    case ITestSkipped skip:
                        skipped++;
                        Console.WriteLine($"skipped: {skip.Test.DisplayName}: {skip.Reason}");
                        break;
                    case ITestFailed failure:
                        failed++;
                        Console.WriteLine($"FAILED: {failure.Test.DisplayName}\n{TestEngine.TextOf(failure)}");
                        break;
                    // An error in a fixture's Dispose: no test has failed, and something is wrong all the same.
                    case IErrorMessage error:
                        failed++;
                        Console.WriteLine($"FAILED outside a test: {TestEngine.TextOf(error)}");
                        break;
                }
            }
        }
    }
}
