namespace TrtBindings.Package.Tests;

/// <summary>
/// Every way of publishing a program for one platform gives a program that runs on the CPU, without a warning of the trimmer,
/// the AOT compiler or the single-file analyzer.
/// </summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class PublishTests(PackedPackages packages)
{
    private const string OnCpu = "ONNX Runtime 1.31.1 (CPU)";

    [SkippableFact]
    public void Native_AOT()
    {
        var arguments = Programs.AotArguments();
        using var consumer = new Consumer(packages, "TrtBindings");
        var folder = consumer.Publish("aot", arguments);
        File.Exists(Path.Combine(folder, "TrtBindings.dll")).ShouldBeFalse();
        Consumer.Run(folder).ShouldBe(("42 42 42", Consumer.LibraryName, OnCpu));
    }

    [Fact]
    public void Trimmed()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var folder = consumer.Publish("trimmed", "-r", Consumer.Rid, "--self-contained", "-p:PublishTrimmed=true");
        Consumer.Run(folder).ShouldBe(("42 42 42", Consumer.LibraryName, OnCpu));
    }

    [Fact]
    public void Single_file_with_the_library_beside_it()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var folder = consumer.Publish("single", "-r", Consumer.Rid, "--self-contained", "-p:PublishSingleFile=true");
        Consumer.Libraries(folder).ShouldBe([Consumer.LibraryName]);
        File.Exists(Path.Combine(folder, "TrtBindings.dll")).ShouldBeFalse();
        Consumer.Run(folder).ShouldBe(("42 42 42", Consumer.LibraryName, OnCpu));
    }

    [Fact]
    public void Single_file_with_the_library_inside()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var folder = consumer.Publish("inside", "-r", Consumer.Rid, "--self-contained", "-p:PublishSingleFile=true",
            "-p:IncludeNativeLibrariesForSelfExtract=true");
        Consumer.Libraries(folder).ShouldBeEmpty();
        var (result, library, backend) = Consumer.Run(folder);
        (result, backend).ShouldBe(("42 42 42", OnCpu));
        // The host unpacks it to a folder of its own.
        Path.GetFileName(library).ShouldBe(Consumer.LibraryName);
    }

    [Fact]
    public void For_another_platform()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var other = OperatingSystem.IsWindows() ? "linux-x64" : "win-x64";
        var folder = consumer.Publish("other", "-r", other, "--self-contained", "false");
        Consumer.Libraries(folder).ShouldBe([OperatingSystem.IsWindows() ? "libonnxruntime.so" : "onnxruntime.dll"]);
    }
}
