using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Package.Tests;

/// <summary>
/// A program and a library that it references, outside the repository, in a folder with a blank and letters beyond ASCII in its
/// name.
/// Both convert the same model.
/// </summary>
internal sealed class ConvertedProjects : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly PackedPackages _packages;

    /// <param name="packages">The packages.</param>
    /// <param name="items">The program's items.</param>
    /// <param name="references">Packages of ours that the program references.</param>
    public ConvertedProjects(PackedPackages packages, string items, params string[] references)
    {
        _packages = packages;
        Write("Directory.Build.props",
            $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{packages.Unpacked}</RestorePackagesPath>
                <RestoreFallbackFolders>{packages.Machine}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        Write("App/App.csproj", Project("<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>",
            string.Concat(references.Select(Reference)) + items));
        Write("App/Program.cs", "System.Console.WriteLine(1);");
        Add("models/scale.onnx", Scale(1.5f));
    }

    /// <summary>The folder of both projects.</summary>
    public string Folder => Path.Combine(_folder.Path, "zwei Prögramme");

    /// <summary>The program's folder.</summary>
    public string App => Path.Combine(Folder, "App");

    /// <summary>The program's output.</summary>
    public string Output => Path.Combine(App, "bin", "Debug", "net10.0");

    /// <summary>Where the program's build converts to.</summary>
    public string Converted => Path.Combine(App, "obj", "Debug", "net10.0", "TrtConverted");

    /// <summary>A model that multiplies [n, 4] by a matrix with one number on its diagonal.</summary>
    public static byte[] Scale(float factor, string? external = null)
    {
        float[] weights = [factor, 0, 0, 0, 0, factor, 0, 0, 0, 0, factor, 0, 0, 0, 0, factor];
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "n", 4L).Output("y", ElementType.Float, "n", 4L);
        if (external is null) model.Initializer("w", ElementType.Float, [4, 4], MemoryMarshal.AsBytes<float>(weights).ToArray());
        else model.ExternalInitializer("w", ElementType.Float, [4, 4], external);
        return model.Graph(graph => graph.NamedNode("scale", "MatMul", ["x", "w"], ["y"])).ToBytes();
    }

    /// <summary>Writes a text file.</summary>
    public void Write(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file, below <see cref="Folder"/>.</summary>
    public string Add(string name, byte[] content) => _folder.Add(Path.Combine("zwei Prögramme", name), content);

    /// <summary>Adds a library <c>Nets</c> for two frameworks that converts the model too, and refers the program to
    /// it.</summary>
    public void AddLibrary()
    {
        const string Properties = "<TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks><EnableWindowsTargeting>true"
            + "</EnableWindowsTargeting><DisableTransitiveFrameworkReferenceDownloads>true"
            + "</DisableTransitiveFrameworkReferenceDownloads>";
        Write("Nets/Nets.csproj", Project(Properties,
            Reference("TrtBindings") + Reference("TrtBindings.Conversion")
            + """<AdditionalFiles Include="../models/scale.onnx" TrtConvert="fp16" TrtVisibility="public" />"""));
        var project = Path.Combine(App, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace(
            "</ItemGroup>", """<ProjectReference Include="../Nets/Nets.csproj" /></ItemGroup>""", StringComparison.Ordinal));
    }

    /// <summary>Builds the program, which must succeed.</summary>
    /// <returns>What the build printed.</returns>
    public string Build(params string[] arguments) => DotNet.Succeed(App, ["build", "-v:n", "-tl:off", .. arguments]);

    /// <summary>Does what a build does about the program's models, and nothing else.</summary>
    public string BuildModels(params string[] arguments) =>
        DotNet.Succeed(App, ["msbuild", "-t:TrtResolveModels", "-v:n", "-tl:off", .. arguments]);

    /// <summary>A description of a model in a folder.</summary>
    public static ModelDescription Describe(string path) => ModelSource.FromFile(path).Describe();

    public void Dispose() => _folder.Dispose();

    private string Reference(string id) =>
        $"""<PackageReference Include="{id}" Version="{_packages.Version}" """
        + (id == "TrtBindings.Conversion" ? """PrivateAssets="all" />""" : "/>");

    private static string Project(string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>{properties}<Nullable>enable</Nullable></PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """;
}
