using System.Runtime.InteropServices;

namespace TrtBindings.Package.Tests;

/// <summary>
/// A new console project outside the repository with one package reference, one .onnx and a program. Packages are taken from
/// the folder that they were packed to and from the sources that the machine has, and unpacked into a folder of its own.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private readonly ModelFolder _folder = new();

    /// <param name="packages">The packages.</param>
    /// <param name="reference">The one that is referenced.</param>
    public Consumer(PackedPackages packages, string reference)
    {
        // What a user has in a nuget.config and on the machine; the project itself has nothing of it.
        Write("Directory.Build.props",
            $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.Path, "packages")}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        Write("App/App.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{reference}" Version="{packages.Version}" />
                <AdditionalFiles Include="doubler.onnx" />
              </ItemGroup>
            </Project>
            """);
        Write("App/Program.cs",
            """
            using System;

            using var model = App.Doubler.Load();
            using var inputs = model.AllocateInputs(n: 3);
            using var outputs = model.AllocateOutputs(n: 3);
            inputs.X.Span.Fill(21);
            model.Run(inputs, outputs);
            Console.WriteLine(string.Join(' ', outputs.Y.Span.ToArray()));
            Console.WriteLine(model.Backend.LibraryPath);
            """);
        _folder.Add("App/doubler.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, "n").Output("y", ElementType.Float, "n").Node("Add", ["x", "x"], ["y"]));
    }

    /// <summary>The project's folder.</summary>
    public string Project => Path.Combine(_folder.Path, "App");

    /// <summary>Where a plain build puts the program.</summary>
    public string Output => Path.Combine(Project, "bin", "Debug", "net10.0");

    /// <summary>The platform of this process.</summary>
    public static string Rid =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Runs a command of the SDK in the project's folder; it must succeed.</summary>
    public string DotNetCommand(params string[] arguments) => DotNet.Succeed(Project, arguments);

    /// <summary>
    /// Runs the program in a folder, and gives its two lines: the result, and the library relative to the folder.
    /// </summary>
    public (string Result, string Library) Run(string folder)
    {
        var lines = DotNet.Succeed(folder, Path.Combine(folder, "App.dll")).Split('\n', StringSplitOptions.TrimEntries);
        return (lines[0], Path.GetRelativePath(folder, lines[1]).Replace('\\', '/'));
    }

    /// <summary>The platforms whose library lies in a folder.</summary>
    public static string[] Platforms(string folder) =>
        [.. Directory.GetDirectories(Path.Combine(folder, "onnxruntime")).Select(d => Path.GetFileName(d))
            .Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string content) => _folder.Add(name, System.Text.Encoding.UTF8.GetBytes(content));
}
