namespace TrtBindings.Package.Tests;

/// <summary>
/// The tests of an application run its models: the native library and the model are found from the test host, which is a
/// program of others with a folder of its own.
/// </summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class TestHostTests(PackedPackages packages)
{
    private const string Verbose = "--logger:console;verbosity=detailed";

    private static string Native => Path.Combine("runtimes", Consumer.Rid, "native", Consumer.LibraryName);

    [Fact]
    public void A_model_runs_in_dotnet_test_and_in_vstest_and_in_a_copy_of_the_folder()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var project = consumer.AddTestProject();
        Passed(DotNet.Succeed(project, "test", Verbose), Path.Combine(project, "bin", "Debug", "net10.0"));

        var output = Path.Combine(project, "bin", "Debug", "net10.0");
        Consumer.Libraries(output).ShouldBe([Native.Replace('\\', '/')]);
        Passed(DotNet.Succeed(project, "vstest", Path.Combine(output, "App.Tests.dll"), Verbose), output);

        // Some runners copy the assemblies before they run them. What was built is not there any more.
        var copy = Path.Combine(project, "copy");
        Directory.Move(output, copy);
        Directory.Delete(consumer.Output, recursive: true);
        Passed(DotNet.Succeed(project, "vstest", Path.Combine(copy, "App.Tests.dll"), Verbose), copy);

        // A publish for one platform has the library beside the tests.
        DotNet.Succeed(project, "publish", "-v:m", "-r", Consumer.Rid, "--self-contained", "false", "-o", "single");
        var single = Path.Combine(project, "single");
        Passed(DotNet.Succeed(project, "vstest", Path.Combine(single, "App.Tests.dll"), Verbose), single, Consumer.LibraryName);
    }

    private static void Passed(string printed, string folder, string? library = null)
    {
        printed.ShouldContain($"library: {Path.Combine(folder, library ?? Native)}");
        printed.ShouldContain("Passed: 1");
    }
}
