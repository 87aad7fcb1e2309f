using System.Text.RegularExpressions;

namespace TrtBindings.Package.Tests;

/// <summary>A program of a user who references a package builds, runs and publishes.</summary>
[Trait("Category", "Slow")]
[Collection(PackagesCollection.Name)]
public sealed partial class ConsumerTests(PackedPackages packages)
{
    private static readonly string[] AllLibraries =
    [
        "runtimes/linux-arm64/native/libonnxruntime.so", "runtimes/linux-x64/native/libonnxruntime.so",
        "runtimes/osx-arm64/native/libonnxruntime.dylib", "runtimes/win-arm64/native/onnxruntime.dll",
        "runtimes/win-x64/native/onnxruntime.dll",
    ];

    private static string Native => $"runtimes/{Consumer.Rid}/native/{Consumer.LibraryName}";

    [Fact]
    public void One_reference_and_one_model_build_run_and_publish()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        consumer.DotNetCommand("build", "-v:m").ShouldNotContain("warning", Case.Sensitive);
        Consumer.Libraries(consumer.Output).ShouldBe([Native]);
        Consumer.Run(consumer.Output).ShouldBe(("42 42 42", Native, "ONNX Runtime 1.31.1 (CPU)"));

        var portable = consumer.Publish("portable");
        Consumer.Libraries(portable).ShouldBe(AllLibraries);
        Directory.GetFiles(portable, "*.*", SearchOption.AllDirectories).Select(Path.GetExtension).ShouldNotContain(".aar");
        Consumer.Run(portable).Library.ShouldBe(Native);

        var single = consumer.Publish("single", "-r", Consumer.Rid, "--self-contained", "false");
        Consumer.Libraries(single).ShouldBe([Consumer.LibraryName]);
        Consumer.Run(single).ShouldBe(("42 42 42", Consumer.LibraryName, "ONNX Runtime 1.31.1 (CPU)"));
    }

    [Fact]
    public void The_Vision_package_brings_the_generator_and_the_library()
    {
        using var consumer = new Consumer(packages, "TrtBindings.Vision");
        consumer.DotNetCommand("build", "-v:m", "-p:OnnxRuntimePlatforms=all");
        Consumer.Libraries(consumer.Output).ShouldBe(AllLibraries);
        Consumer.Run(consumer.Output).Result.ShouldBe("42 42 42");
        var warning = consumer.DotNetCommand(
            "build", "-v:m", "-p:OnnxRuntimePlatforms=plan9-mips", "-p:TreatWarningsAsErrors=false");
        warning.ShouldContain("warning TRTB0200: No referenced package has ONNX Runtime's native library for plan9-mips");

        // The link of a diagnostic opens its page in the package.
        var (_, linked) = DotNet.Run(
            consumer.Project, "build", "-v:m", "-p:RootNamespace=1st", "-p:TreatWarningsAsErrors=false");
        var link = PageLink().Match(linked).Groups[1].Value;
        File.ReadAllText(new Uri(link).LocalPath).ShouldStartWith("# TRTB0022: ");
    }

    [Fact]
    public void A_package_that_brings_the_library_replaces_the_CPU_library_and_two_of_them_are_an_error()
    {
        using var consumer = new Consumer(packages, "TrtBindings", "Native.First/1.0.0");
        // The real library, recognized by a byte more at its end.
        var library = Path.Combine(Directory.CreateTempSubdirectory("trtb-").FullName, Consumer.LibraryName);
        File.WriteAllBytes(library, [.. File.ReadAllBytes(OfTheseTests()), 0]);
        consumer.AddNativePackage("Native.First", (Native, library));
        consumer.DotNetCommand("build", "-v:m").ShouldNotContain("warning", Case.Sensitive);
        Consumer.Libraries(consumer.Output).ShouldBe([Native]);
        Consumer.Run(consumer.Output).Library.ShouldBe(Native);
        IsTheirs(consumer.Output);

        var portable = consumer.Publish("portable");
        Consumer.Libraries(portable).ShouldBe([Native]);
        IsTheirs(portable);
        var single = consumer.Publish("single", "-r", Consumer.Rid, "--self-contained", "false");
        Consumer.Libraries(single).ShouldBe([Consumer.LibraryName]);
        Consumer.Run(single).Library.ShouldBe(Consumer.LibraryName);

        using var other = new Consumer(packages, "TrtBindings", "Native.First/1.0.0", "Native.Second/1.0.0");
        other.AddNativePackage("Native.First", (Native, library));
        other.AddNativePackage("Native.Second", (Native, library));
        var (code, output) = DotNet.Run(other.Project, "build", "-v:m");
        code.ShouldNotBe(0);
        output.ShouldContain("error TRTB0201");
        output.ShouldContain("Native.First");
        output.ShouldContain("Native.Second");
        Directory.Delete(Path.GetDirectoryName(library)!, recursive: true);

        void IsTheirs(string folder) =>
            new FileInfo(Path.Combine(folder, Native)).Length.ShouldBe(new FileInfo(library).Length);
    }

    [Fact]
    public void A_packed_library_brings_its_model_along_and_both_models_of_one_name_run()
    {
        using var consumer = new Consumer(packages, "TrtBindings", "PackedNets/1.0.0");
        consumer.AddLibraryPackage(packages.Version);
        File.AppendAllText(Path.Combine(consumer.Project, "Program.cs"), "Console.WriteLine(PackedNets.Go.Run());");
        consumer.DotNetCommand("build", "-v:m").ShouldNotContain("warning", Case.Sensitive);
        foreach (var folder in (string[])[consumer.Output, consumer.Publish("published")])
        {
            Directory.GetFiles(folder, "*.onnx", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)
                .ShouldBe(["onnx/App/doubler.onnx", "onnx/PackedNets/models/doubler.onnx"]);
            var lines = DotNet.Succeed(folder, Path.Combine(folder, "App.dll")).Split('\n', StringSplitOptions.TrimEntries);
            lines[0].ShouldBe("42 42 42");
            lines[3].Replace('\\', '/').ShouldBe("441 onnx/PackedNets/models/doubler.onnx");
        }
    }

    [Fact]
    public void A_project_of_an_older_framework_or_of_another_language_is_told_so_once()
    {
        using var consumer = new Consumer(packages, "TrtBindings");
        var file = Path.Combine(consumer.Project, "App.csproj");
        var project = File.ReadAllText(file);
        File.WriteAllText(file, project.Replace("net10.0", "net8.0", StringComparison.Ordinal));
        var (code, output) = DotNet.Run(consumer.Project, "build", "-v:m");
        code.ShouldNotBe(0);
        output.ShouldContain("TrtBindings needs .NET 10 or later, and App is built for net8.0.");
        output.ShouldNotContain("error CS", Case.Sensitive);

        File.Delete(file);
        File.WriteAllText(Path.Combine(consumer.Project, "App.fsproj"), project
            .Replace("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", "", StringComparison.Ordinal)
            .Replace("<AdditionalFiles", "<Compile Include=\"Program.fs\" /><AdditionalFiles", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(consumer.Project, "Program.fs"), "printfn \"42\"");
        output = consumer.DotNetCommand("build", "-v:m");
        output.ShouldContain("warning TRTB0202: TrtBindings writes C# classes only", Case.Sensitive, output);
    }

    [Fact]
    public void TrtBindings_has_the_runtime_and_everything_for_compile_time()
    {
        var entries = packages.Entries("TrtBindings");
        entries.Where(e => !e.StartsWith("docs/", StringComparison.Ordinal)).ShouldBe(
        [
            "LICENSE", "README.md", "TrtBindings.nuspec",
            "analyzers/dotnet/cs/TrtBindings.CodeFixes.dll", "analyzers/dotnet/cs/TrtBindings.Generators.dll",
            "build/TrtBindings.targets", "build/net10.0/TrtBindings.OnnxRuntime.targets", "build/net10.0/TrtBindings.props",
            "build/net10.0/TrtBindings.targets", "buildMultiTargeting/TrtBindings.targets",
            "buildTransitive/net10.0/TrtBindings.OnnxRuntime.targets",
            "buildTransitive/net10.0/TrtBindings.props", "buildTransitive/net10.0/TrtBindings.targets",
            "lib/net10.0/TrtBindings.dll", "lib/net10.0/TrtBindings.xml", "tasks/netstandard2.0/TrtBindings.Build.dll",
        ]);
        string[] folders = ["docs", "docs/diagnostics", "docs/engines"];
        var pages = folders.SelectMany(folder => Directory.GetFiles(Path.Combine(TestPaths.RepositoryRoot, folder), "*.md")
            .Select(p => $"{folder}/{Path.GetFileName(p)}")).Order(StringComparer.Ordinal);
        entries.Where(e => e.StartsWith("docs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ShouldBe(pages);
        packages.Read("TrtBindings", "TrtBindings.nuspec").ShouldContain("id=\"Microsoft.ML.OnnxRuntime\"");
        packages.Read("TrtBindings", "TrtBindings.nuspec").ShouldContain("id=\"System.Numerics.Tensors\"");
        packages.Entries("TrtBindings", "snupkg").ShouldContain("lib/net10.0/TrtBindings.pdb");
        packages.Output.ShouldNotContain("warning", Case.Sensitive);
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
        consumer.DotNetCommand("build", "-v:m", "-r", Consumer.Rid);
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

    /// <summary>The library of these tests' own build.</summary>
    private static string OfTheseTests() => Path.Combine(AppContext.BaseDirectory, Native);

    [GeneratedRegex(@"warning TRTB0022: .*\((file:[^)]*)\)")]
    private static partial Regex PageLink();
}
