using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace TrtBindings.Package.Tests;

/// <summary>The sample WebService as a user has it: from the packages, published with Native AOT, asked over HTTP.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class WebServiceTests(PackedPackages packages)
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples");

    [SkippableFact]
    public async Task It_publishes_with_Native_AOT_and_answers_requests_with_typed_results()
    {
        var linker = Programs.Exist("clang") ? "clang" : Programs.Exist("gcc") ? "gcc" : null;
        Skip.If(OperatingSystem.IsLinux() && linker is null, "The AOT compiler needs clang or gcc to link, and neither is here.");
        using var consumer = new Consumer(packages, "TrtBindings.Vision.SkiaSharp");
        CopySample(consumer);
        string[] more = linker is null ? [] : [$"-p:CppCompilerAndLinker={linker}"];
        var folder = consumer.Publish("aot", ["-r", Consumer.Rid, .. more]);
        File.Exists(Path.Combine(folder, "TrtBindings.dll")).ShouldBeFalse();

        var start = new ProcessStartInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "App.exe" : "App"))
        {
            ArgumentList = { "--urls", "http://127.0.0.1:0" }, RedirectStandardOutput = true,
        };
        using var service = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = await Address(service) };
            using var model = JsonDocument.Parse(await client.GetStringAsync("/model"));
            model.RootElement.GetProperty("backend").GetString().ShouldBe("ONNX Runtime 1.31.1 (CPU)");
            model.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString())
                .ShouldBe(["Mug", "Bottle", "Apple", "Banana", "Die", "Coin"]);

            using var picture = new ByteArrayContent(File.ReadAllBytes(Path.Combine(Samples, "images", "still-life.png")));
            using var answer = await client.PostAsync("/detect", picture);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var found = json.RootElement.GetProperty("found").EnumerateArray().ToArray();
            // What samples/ObjectDetection finds in the same picture.
            found.Length.ShouldBeInRange(9, 11);
            found.Count(one => one.GetProperty("label").GetString() == "Die").ShouldBe(2);
            found.ShouldAllBe(one => one.GetProperty("score").GetSingle() >= 0.4f);

            using var noPicture = new StringContent("no picture");
            using var refusal = await client.PostAsync("/detect", noPicture);
            refusal.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    /// <summary>The sample's project and code in place of the consumer's, with packages for what is a project here.</summary>
    private static void CopySample(Consumer consumer)
    {
        var project = XDocument.Load(Path.Combine(Samples, "WebService", "WebService.csproj"));
        var own = XDocument.Load(Path.Combine(consumer.Project, "App.csproj"));
        project.Descendants("ProjectReference").Single().ReplaceWith(own.Descendants("PackageReference").Single());
        // What the repository's Directory.Build.props says for all of its projects.
        project.Root!.AddFirst(new XElement("PropertyGroup",
            new XElement("TargetFramework", "net10.0"), new XElement("Nullable", "enable"),
            new XElement("ImplicitUsings", "enable"), new XElement("TreatWarningsAsErrors", "true")));
        foreach (var path in project.Descendants().Attributes("Include")
            .Where(path => path.Value.StartsWith("../", StringComparison.Ordinal)))
            path.Value = Path.Combine(Samples, path.Value["../".Length..]);
        project.Save(Path.Combine(consumer.Project, "App.csproj"));
        foreach (var file in Directory.GetFiles(Path.Combine(Samples, "WebService"), "*.cs"))
            File.Copy(file, Path.Combine(consumer.Project, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Where the service listens, as it says when it has started.</summary>
    private static async Task<Uri> Address(Process service)
    {
        const string Said = "Now listening on: ";
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await service.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            if (line.Contains(Said, StringComparison.Ordinal)) return new(line.Split(Said)[1].Trim());
        throw new InvalidOperationException("The service ended before it listened.");
    }
}
