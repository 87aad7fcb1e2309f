namespace TrtBindings.Package.Tests;

/// <summary>Microsoft.ML.OnnxRuntime.Gpu beside TrtBindings takes the place of the CPU library everywhere.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class GpuPackageTests(PackedPackages packages)
{
    private const string Gpu = "Microsoft.ML.OnnxRuntime.Gpu/1.31.0";
    private const string OnCpu = "ONNX Runtime 1.31.0 (CPU)";
    private const string Provider = "libonnxruntime_providers_cuda.so";

    private static string Native => $"runtimes/{Consumer.Rid}/native/{Consumer.LibraryName}";

    [SkippableFact]
    public void One_library_is_in_the_output_the_one_with_CUDA_and_Backend_says_so()
    {
        Skip.IfNot(Consumer.Rid == "linux-x64", "Tested where the package's Linux library runs.");
        using var consumer = new Consumer(packages, "TrtBindings", Gpu);
        consumer.DotNetCommand("build", "-v:m").ShouldNotContain("warning", Case.Sensitive);
        Consumer.Libraries(consumer.Output).ShouldBe([Native]);
        File.Exists(Path.Combine(consumer.Output, Path.GetDirectoryName(Native)!, Provider)).ShouldBeTrue();
        // Its version is not that of the CPU package.
        Consumer.Run(consumer.Output).ShouldBe(("42 42 42", Native, OnCpu));

        var single = consumer.Publish("single", "-r", Consumer.Rid, "--self-contained", "false");
        Consumer.Libraries(single).ShouldBe([Consumer.LibraryName]);
        File.Exists(Path.Combine(single, Provider)).ShouldBeTrue();
        Consumer.Run(single).ShouldBe(("42 42 42", Consumer.LibraryName, OnCpu));

        var portable = consumer.Publish("portable");
        Consumer.Libraries(portable).ShouldBe([Native, "runtimes/win-x64/native/onnxruntime.dll"]);
        Consumer.Run(portable).ShouldBe(("42 42 42", Native, OnCpu));
    }
}
