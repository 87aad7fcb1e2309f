namespace TrtBindings.Package.Tests;

/// <summary>What a user has who references a package: a program that builds, runs and publishes.</summary>
[Trait("Category", "Slow")]
public sealed class ConsumerTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    [Fact]
    public void One_reference_and_one_model_build_run_and_publish()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        consumer.DotNetCommand("build", "-v:m");
        Consumer.Platforms(consumer.Output).ShouldBe([Consumer.Rid]);
        var (result, library) = consumer.Run(consumer.Output);
        result.ShouldBe("42 42 42");
        library.ShouldStartWith($"onnxruntime/{Consumer.Rid}/");

        // Where Microsoft.ML.OnnxRuntime lays the library that an application brings.
        var ours = Path.Combine(consumer.Output, library);
        var theirs = Path.Combine(consumer.Output, "runtimes", Consumer.Rid, "native", PlainName);
        Directory.CreateDirectory(Path.GetDirectoryName(theirs)!);
        File.Copy(ours, theirs);
        consumer.Run(consumer.Output).ShouldBe(("42 42 42", $"runtimes/{Consumer.Rid}/native/{PlainName}"));

        var portable = Path.Combine(consumer.Project, "portable");
        consumer.DotNetCommand("publish", "-v:m", "-o", portable);
        Consumer.Platforms(portable).ShouldBe(["linux-arm64", "linux-x64", "osx-arm64", "win-x64"]);
        consumer.Run(portable).ShouldBe((result, library));

        var single = Path.Combine(consumer.Project, "single");
        consumer.DotNetCommand("publish", "-v:m", "-o", single, "-r", Consumer.Rid, "--self-contained", "false");
        Consumer.Platforms(single).ShouldBe([Consumer.Rid]);
        consumer.Run(single).ShouldBe((result, library));
    }

    [Fact]
    public void The_Vision_package_brings_the_generator_and_the_library()
    {
        using var consumer = new Consumer(packages, "TrtBindings.Vision");
        consumer.DotNetCommand("build", "-v:m", "-p:OnnxRuntimePlatforms=all");
        Consumer.Platforms(consumer.Output).Length.ShouldBe(4);
        consumer.Run(consumer.Output).Result.ShouldBe("42 42 42");
        var warning = consumer.DotNetCommand(
            "build", "-v:m", "-p:OnnxRuntimePlatforms=plan9-mips", "-p:TreatWarningsAsErrors=false");
        warning.ShouldContain("warning TRTB0200: TrtBindings.OnnxRuntime.Native has no library for plan9-mips");
    }

    /// <summary>The name of the library's file in the package Microsoft.ML.OnnxRuntime.</summary>
    private static string PlainName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll"
        : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    [Fact]
    public void TrtBindings_has_the_runtime_and_everything_for_compile_time()
    {
        var entries = packages.Entries("TrtBindings");
        entries.Where(e => !e.StartsWith("docs/diagnostics/", StringComparison.Ordinal)).ShouldBe(
        [
            "LICENSE", "README.md", "TrtBindings.nuspec",
            "analyzers/dotnet/cs/TrtBindings.CodeFixes.dll", "analyzers/dotnet/cs/TrtBindings.Generators.dll",
            "build/TrtBindings.props", "build/TrtBindings.targets",
            "buildTransitive/TrtBindings.props", "buildTransitive/TrtBindings.targets",
            "docs/ide.md", "docs/items.md", "docs/tensorrt.md", "lib/net10.0/TrtBindings.dll", "lib/net10.0/TrtBindings.xml",
            "tasks/netstandard2.0/TrtBindings.Build.dll",
        ]);
        var pages = Directory.GetFiles(Path.Combine(TestPaths.RepositoryRoot, "docs", "diagnostics"))
            .Select(p => "docs/diagnostics/" + Path.GetFileName(p)).Order(StringComparer.Ordinal);
        entries.Where(e => e.StartsWith("docs/diagnostics/", StringComparison.Ordinal)).ShouldBe(pages);
        packages.Read("TrtBindings", "TrtBindings.nuspec").ShouldContain("id=\"TrtBindings.OnnxRuntime.Native\"");
        packages.Read("TrtBindings", "TrtBindings.nuspec").ShouldContain("id=\"System.Numerics.Tensors\"");
        packages.Entries("TrtBindings", "snupkg").ShouldContain("lib/net10.0/TrtBindings.pdb");
    }

    [Fact]
    public void Vision_has_an_assembly_and_its_symbols()
    {
        packages.Entries("TrtBindings.Vision").ShouldBe(
        [
            "LICENSE", "README.md", "TrtBindings.Vision.nuspec", "lib/net10.0/TrtBindings.Vision.dll",
            "lib/net10.0/TrtBindings.Vision.xml",
        ]);
        packages.Entries("TrtBindings.Vision", "snupkg").ShouldContain("lib/net10.0/TrtBindings.Vision.pdb");
    }

    [Fact]
    public void The_SkiaSharp_package_reads_and_draws_pictures_with_one_reference()
    {
        using var consumer = new Consumer(packages, "TrtBindings.Vision.SkiaSharp");
        File.WriteAllText(Path.Combine(consumer.Project, "Program.cs"),
            """
            using System;
            using SkiaSharp;
            using TrtBindings.Vision;

            using var picture = new SKBitmap(64, 48);
            ImageFile.Write("in.png", picture);
            using var read = ImageFile.Read("in.png");
            FaceDetection[] found = [new(0.9f, new(10, 10, 40, 40), null)];
            using var drawing = Overlay.Draw(read, found);
            ImageFile.Write("out.png", drawing);
            Console.WriteLine($"{read.AsView().Width} {found.ToJson()}");
            """);
        // Skia's packages are large: they are taken from where this machine has them unpacked.
        consumer.DotNetCommand(
            "build", "-v:m", "-r", Consumer.Rid, $"-p:RestoreFallbackFolders={PackedPackages.OfThisMachine}");
        var output = Path.Combine(consumer.Output, Consumer.Rid);
        DotNet.Succeed(output, Path.Combine(output, "App.dll")).Trim()
            .ShouldBe("""64 [{"classIndex":0,"score":0.9,"box":[10,10,40,40]}]""");
        File.ReadAllBytes(Path.Combine(output, "out.png"))[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);
    }

    [Fact]
    public void The_SkiaSharp_package_has_an_assembly_and_brings_a_library_for_Linux()
    {
        const string Id = "TrtBindings.Vision.SkiaSharp";
        packages.Entries(Id).ShouldBe(["LICENSE", "README.md", $"{Id}.nuspec", $"lib/net10.0/{Id}.dll", $"lib/net10.0/{Id}.xml"]);
        packages.Entries(Id, "snupkg").ShouldContain($"lib/net10.0/{Id}.pdb");
        var specification = packages.Read(Id, $"{Id}.nuspec");
        foreach (var dependency in (string[])["TrtBindings.Vision", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"])
            specification.ShouldContain($"id=\"{dependency}\"");
    }

    [Fact]
    public void The_native_package_has_one_library_for_each_platform_and_the_licences()
    {
        packages.Entries("TrtBindings.OnnxRuntime.Native").ShouldBe(
        [
            "LICENSE", "README.md", "TrtBindings.OnnxRuntime.Native.nuspec",
            "build/TrtBindings.OnnxRuntime.Native.targets", "buildTransitive/TrtBindings.OnnxRuntime.Native.targets",
            "lib/net10.0/_._", "licences/Apache-2.0.txt", "licences/MPL-2.0.txt", "licences/ONNX-Runtime.txt",
            "licences/THIRD-PARTY-NOTICES.txt", "onnxruntime/linux-arm64/libonnxruntime.so.1",
            "onnxruntime/linux-x64/libonnxruntime.so.1", "onnxruntime/osx-arm64/libonnxruntime.1.dylib",
            "onnxruntime/win-x64/onnxruntime.dll",
        ]);
        packages.Output.ShouldNotContain("warning");
    }
}
