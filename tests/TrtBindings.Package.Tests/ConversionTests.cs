using System.Runtime.InteropServices;

namespace TrtBindings.Package.Tests;

/// <summary><c>TrtConvert</c> on an item, in real builds of projects that reference the packed packages.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class ConversionTests(PackedPackages packages)
{
    private static readonly string[] Both = ["TrtBindings", "TrtBindings.Conversion"];

    private const string Done = " … done in ";

    [Fact]
    public void A_program_and_its_library_convert_one_model_and_load_what_was_made_from_it_only()
    {
        using var projects = new ConvertedProjects(packages,
            """
            <AdditionalFiles Include="../models/scale.onnx" TrtConvert="fp16" />
            <AdditionalFiles Include="other.onnx" TrtConvert="fp16" CopyToPublishDirectory="Never" />
            <AdditionalFiles Include="far.onnx" TrtConvert="bf16" TrtConvertKeep="scale" />
            """, Both);
        projects.AddLibrary();
        projects.Add("App/other.onnx", ConvertedProjects.Scale(3));
        projects.Add("App/far.onnx", ConvertedProjects.Scale(0, "far.weights"));
        projects.Add("App/far.weights", MemoryMarshal.AsBytes<float>(Enumerable.Repeat(2f, 16).ToArray()).ToArray());
        projects.Write("App/Program.cs",
            """
            using System;
            using System.IO;
            using TrtBindings;

            Print(App.Scale.Load());
            using (var theirs = Nets.Scale.Load()) Console.WriteLine(theirs.Source.Path![AppContext.BaseDirectory.Length..]);
            Print(App.Scale.Load(args[0]));
            try
            {
                App.Scale.Load(Path.Combine(AppContext.BaseDirectory, "onnx", "App", "other.onnx"));
            }
            catch (SignatureMismatchException e)
            {
                Console.WriteLine(e.Difference);
            }

            void Print(App.Scale model)
            {
                using var inputs = model.AllocateInputs(n: 1);
                using var outputs = model.AllocateOutputs(n: 1);
                inputs.X.Span.Fill(2);
                model.Run(inputs, outputs);
                Console.WriteLine($"{outputs.Y.Span[0]} {model.Description.FindMetadata("trtbindings.precision")}");
                model.Dispose();
            }
            """);
        var built = projects.Build("-m");
        built.ShouldNotContain("warning", Case.Sensitive);
        built.ShouldContain("Converting scale.onnx to FP16 …");
        built.ShouldContain("0 nodes kept in 32 bits; without pictures only operators, names and constants decided");
        built.ShouldContain("1 node kept in 32 bits");
        built.ShouldContain("kept in 32 bits: 1 MatMul (scale): asked for by name");

        var source = Path.Combine(projects.Folder, "models", "scale.onnx");
        var lines = DotNet.Succeed(projects.Output, Path.Combine(projects.Output, "App.dll"), source)
            .Split('\n', StringSplitOptions.TrimEntries);
        lines[0].ShouldBe("3 float16");
        lines[1].Replace('\\', '/').ShouldEndWith("onnx/Nets/scale.onnx");
        // The source itself may always be loaded.
        lines[2].ShouldBe("3");
        lines[3].ShouldContain("the build converted the model with SHA-256 ");
        lines[3].ShouldContain("this file was made as float16 from 'other.onnx' with SHA-256 ");
        var far = ConvertedProjects.Describe(Path.Combine(projects.Output, "onnx", "App", "far.onnx"));
        far.FindMetadata("trtbindings.precision").ShouldBe("bfloat16");
        far.ExternalData.Select(data => data.Location).ShouldBe(["far.bf16.onnx.data"]);
        File.Exists(Path.Combine(projects.Output, "onnx", "App", "far.bf16.onnx.data")).ShouldBeTrue();

        // Without a change nothing is converted: neither by the build, nor by a publish or a package.
        projects.Build().ShouldNotContain("Converting");
        var single = DotNet.Succeed(projects.App, "publish", "-v:n", "-tl:off", "-c", "Debug", "-r", Consumer.Rid,
            "--self-contained", "false", "-p:PublishSingleFile=true", "-o", "single");
        single.ShouldContain(Done);
        Directory.GetFiles(Path.Combine(projects.App, "single", "onnx"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(projects.App, "single", "onnx"), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["App/far.bf16.onnx.data", "App/far.onnx", "App/scale.onnx", "Nets/scale.onnx"]);
        var nets = Path.Combine(projects.Folder, "Nets");
        // The library's other framework has not been built before.
        DotNet.Succeed(nets, "pack", "-v:n", "-tl:off", "-c", "Debug", "-o", "feed").Split(Done).Length.ShouldBe(2);
        using (var zip = System.IO.Compression.ZipFile.OpenRead(Directory.GetFiles(Path.Combine(nets, "feed"))[0]))
        {
            var entry = zip.GetEntry("onnx/Nets/scale.onnx").ShouldNotBeNull();
            var unpacked = Path.Combine(nets, "unpacked.onnx");
            System.IO.Compression.ZipFileExtensions.ExtractToFile(entry, unpacked);
            ConvertedProjects.Describe(unpacked).FindMetadata("trtbindings.precision").ShouldBe("float16");
            using var reader = new StreamReader(zip.GetEntry("Nets.nuspec")!.Open());
            reader.ReadToEnd().ShouldNotContain("TrtBindings.Conversion");
        }

        DotNet.Succeed(projects.App, "clean", "-v:m");
        Directory.Exists(projects.Converted).ShouldBeFalse();
        // An editor converts nothing, and needs no package for it.
        projects.BuildModels("-p:DesignTimeBuild=true", "-p:TrtConversionProgram=nowhere.dll").ShouldNotContain("Converting");
        Directory.Exists(projects.Converted).ShouldBeFalse();
    }

    [Fact]
    public void What_a_converted_model_follows_from_converts_it_again_and_nothing_else_does()
    {
        using var projects = new ConvertedProjects(packages,
            """<AdditionalFiles Include="../models/desk-detect.onnx" TrtConvert="fp16" TrtCalibration="../pictures" />""", Both);
        projects.Add("models/desk-detect.onnx", Repository("samples/models/desk-detect/desk-detect.onnx"));
        var picture = projects.Add("pictures/inside/a.png", Repository("samples/models/validation/scene-00.png"));
        var model = Path.Combine(projects.Folder, "models", "desk-detect.onnx");
        var first = projects.Build();
        first.ShouldContain("ranges measured on 1 picture\n");
        first.ShouldContain("pictures are prepared as for YoloDetectEngine");
        var copy = Path.Combine(projects.Output, "onnx", "App", "desk-detect.onnx");
        ConvertedProjects.Describe(copy).FindMetadata("trtbindings.conversion").ShouldNotBeNull().ShouldEndWith("1 samples");
        Rests();
        File.Copy(picture, Path.Combine(projects.Folder, "pictures", "b.png"));
        Converts("ranges measured on 2 pictures");
        File.WriteAllBytes(picture, Repository("samples/models/validation/scene-01.png"));
        Converts("ranges measured on 2 pictures");
        File.Delete(picture);
        Converts("ranges measured on 1 picture\n");
        // An older model than the one before is another one too.
        File.SetLastWriteTimeUtc(model, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        Converts("");
        var project = Path.Combine(projects.App, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "TrtConvert=", "TrtConvertKeep=\"/box.0/*\" TrtConvert=", StringComparison.Ordinal));
        Converts("kept in 32 bits, ranges");
        // Another release of the program, of which one file is another.
        var folder = Path.Combine(packages.Unpacked, "trtbindings.conversion", packages.Version, "tools", "net10.0");
        var part = Path.Combine(folder, "Google.Protobuf.dll");
        File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(part).AddDays(-1));
        Converts("kept in 32 bits, ranges");
        // Whoever removes the result gets it again, and whoever removes TrtConvert gets the source.
        File.Delete(Directory.GetFiles(projects.Converted, "*.onnx", SearchOption.AllDirectories).Single());
        Converts("kept in 32 bits, ranges");
        Rests();
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            " TrtConvertKeep=\"/box.0/*\" TrtConvert=\"fp16\"", "", StringComparison.Ordinal));
        projects.Build().ShouldContain("warning TRTB0213: TrtCalibration has no effect without TrtConvert.");
        ConvertedProjects.Describe(copy).FindMetadata("trtbindings.conversion").ShouldBeNull();

        void Converts(string said)
        {
            var output = projects.BuildModels();
            output.ShouldContain(Done);
            output.ShouldContain(said);
        }

        void Rests() => projects.BuildModels().ShouldNotContain("Converting");
    }

    [Fact]
    public void Everything_that_is_wrong_is_reported_at_its_model_in_one_build_and_a_missing_package_by_name()
    {
        using var projects = new ConvertedProjects(packages,
            """
            <AdditionalFiles Include="uncalibrated.onnx" TrtConvert="int8" />
            <AdditionalFiles Include="nowhere.onnx" TrtConvert="int8" TrtCalibration="../nowhere" />
            <AdditionalFiles Include="empty.onnx" TrtConvert="fp16" TrtCalibration="../models" />
            <AdditionalFiles Include="familyless.onnx" TrtConvert="fp16" TrtCalibration="../pictures" />
            <AdditionalFiles Include="torn.onnx" TrtConvert="fp16" TrtCalibration="../torn" />
            <AdditionalFiles Include="preset.onnx" TrtConvert="fp16" TrtCalibration="../pictures" TrtCalibrationPreset="Timm" />
            <AdditionalFiles Include="pattern.onnx" TrtConvert="bf16" TrtConvertKeep="/nothing/*" />
            <AdditionalFiles Include="uncopied.onnx" TrtConvert="fp16" CopyToOutputDirectory="Never" />
            """, Both);
        foreach (var name in (string[])["uncalibrated", "nowhere", "empty", "familyless", "pattern", "uncopied"])
            projects.Add($"App/{name}.onnx", ConvertedProjects.Scale(1));
        foreach (var name in (string[])["torn", "preset"])
            projects.Add($"App/{name}.onnx", Repository("samples/models/desk-detect/desk-detect.onnx"));
        projects.Add("pictures/a.png", Repository("samples/models/validation/scene-00.png"));
        projects.Add("torn/a.png", Repository("samples/models/validation/scene-00.png")[..999]);
        var (code, output) = DotNet.Run(projects.App, "build", "-v:m", "-tl:off");
        code.ShouldNotBe(0);
        Reported("uncalibrated", "error TRTB0212: TrtConvert=\"int8\" needs TrtCalibration");
        Reported("nowhere", "error TRTB0212: TrtCalibration is '");
        Reported("empty", "error TRTB0212: The folder '");
        Reported("familyless", "error TRTB0212: Pictures for 'familyless.onnx' cannot be prepared");
        Reported("torn", "error TRTB0212: The picture '");
        Reported("preset", "error TRTB0212: TrtCalibrationPreset is 'Timm'");
        Reported("pattern", "error TRTB0211: ");
        Reported("uncopied", "warning TRTB0213: TrtConvert has no effect");
        output.ShouldNotContain("error MSB", Case.Sensitive);
        output.ShouldNotContain("error CS", Case.Sensitive);

        using var other = new ConvertedProjects(packages,
            """<AdditionalFiles Include="../models/scale.onnx" TrtConvert="fp16" />""", "TrtBindings");
        (code, output) = DotNet.Run(other.App, "build", "-v:m", "-tl:off");
        code.ShouldNotBe(0);
        output.ShouldContain("App.csproj : error TRTB0210: TrtConvert asks for a conversion of scale.onnx, which the package "
            + "TrtBindings.Conversion does.");
        // A word that means nothing is the generator's to report, and needs no package.
        var project = Path.Combine(other.App, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("\"fp16\"", "\"fp8\"", StringComparison.Ordinal));
        (_, output) = DotNet.Run(other.App, "build", "-v:m", "-tl:off");
        output.ShouldContain("error TRTB0105: TrtConvert=\"fp8\" means nothing. It takes one of 'fp16', 'bf16', 'int8'.");
        output.ShouldNotContain("TRTB0210");

        void Reported(string model, string what) => output.ShouldContain($"{model}.onnx(1,1): {what}");
    }

    [Fact]
    public void The_package_has_a_program_with_Skia_for_every_platform_and_nothing_for_applications()
    {
        const string Id = "TrtBindings.Conversion";
        var entries = packages.Entries(Id);
        entries.Where(entry => !entry.StartsWith("tools/net10.0/", StringComparison.Ordinal))
            .ShouldBe(["LICENSE", "README.md", $"{Id}.nuspec", $"build/{Id}.props"]);
        entries.ShouldContain("tools/net10.0/trtbindings-convert.dll");
        entries.ShouldContain("tools/net10.0/trtbindings-convert.runtimeconfig.json");
        entries.Where(entry => entry.Contains("/native/", StringComparison.Ordinal)).Select(entry => entry["tools/net10.0/".Length..])
            .ShouldBe(
            [
                "runtimes/linux-arm64/native/libSkiaSharp.so", "runtimes/linux-x64/native/libSkiaSharp.so",
                "runtimes/osx/native/libSkiaSharp.dylib", "runtimes/win-arm64/native/libSkiaSharp.dll",
                "runtimes/win-x64/native/libSkiaSharp.dll",
            ]);
        var specification = packages.Read(Id, $"{Id}.nuspec");
        specification.ShouldContain("<developmentDependency>true</developmentDependency>");
        specification.ShouldNotContain("<dependenc", Case.Insensitive);
    }

    private static byte[] Repository(string path) => File.ReadAllBytes(Path.Combine(TestPaths.RepositoryRoot, path));
}
