using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Package.Tests;

/// <summary>
/// A new console project outside the repository with one model, a program and references to packages. Packages come from the
/// folder that they were packed to and from the sources of the machine.
/// </summary>
internal sealed class Consumer : IDisposable
{
    private readonly ModelFolder _folder = new();

    /// <param name="packages">The packages.</param>
    /// <param name="references">The packages that are referenced, as <c>Id</c> of ours or <c>Id/Version</c> of others.</param>
    public Consumer(PackedPackages packages, params string[] references)
    {
        // What a user has in a nuget.config and on the machine. What the machine has unpacked already is taken from there.
        Write("Directory.Build.props",
            $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{packages.Folder};{_folder.Path}/feed</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{packages.Unpacked}</RestorePackagesPath>
                <RestoreFallbackFolders>{packages.Machine}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "feed"));
        var lines = references.Select(reference => reference.Split('/') is [var id, var version]
            ? $"""<PackageReference Include="{id}" Version="{version}" />"""
            : $"""<PackageReference Include="{reference}" Version="{packages.Version}" />""");
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
                {string.Concat(lines)}
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
            Console.WriteLine(model.Backend);
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

    /// <summary>The name of ONNX Runtime's library on this platform.</summary>
    public static string LibraryName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll"
        : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    /// <summary>Runs a command of the SDK in the project's folder. It must succeed.</summary>
    public string DotNetCommand(params string[] arguments) => DotNet.Succeed(Project, arguments);

    /// <summary>Publishes to a folder in the project, which is returned. The command must succeed without a warning.</summary>
    public string Publish(string name, params string[] arguments)
    {
        var folder = Path.Combine(Project, name);
        DotNetCommand(["publish", "-v:m", "-o", folder, .. arguments]).ShouldNotContain("warning", Case.Sensitive);
        return folder;
    }

    /// <summary>Makes a package that has native files only, for the project to reference.</summary>
    /// <param name="id">The package's name; its version is 1.0.0.</param>
    /// <param name="files">Path in the package, and the file that lies there.</param>
    public void AddNativePackage(string id, params (string PackagePath, string File)[] files)
    {
        var items = files.Select(file => $"""<None Include="{file.File}" Pack="true" PackagePath="{file.PackagePath}" />""");
        Write($"{id}/{id}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <IncludeBuildOutput>false</IncludeBuildOutput>
                <SuppressDependenciesWhenPacking>true</SuppressDependenciesWhenPacking>
                <NoWarn>NU5128</NoWarn>
              </PropertyGroup>
              <ItemGroup>{string.Concat(items)}</ItemGroup>
            </Project>
            """);
        DotNet.Succeed(Path.Combine(_folder.Path, id), "pack", "-v:m", "-o", Path.Combine(_folder.Path, "feed"));
    }

    /// <summary>Packs a library with a model and a class <c>PackedNets.Go</c> that runs it, for the project.</summary>
    /// <param name="version">The version of our packages.</param>
    public void AddLibraryPackage(string version)
    {
        Write("PackedNets/PackedNets.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TrtBindings" Version="{version}" />
                <AdditionalFiles Include="models/doubler.onnx" />
              </ItemGroup>
            </Project>
            """);
        // The model of the program has the same name and signature, and adds.
        _folder.Add("PackedNets/models/doubler.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, "n").Output("y", ElementType.Float, "n").Node("Mul", ["x", "x"], ["y"]));
        Write("PackedNets/Go.cs",
            """
            namespace PackedNets;

            public static class Go
            {
                public static string Run()
                {
                    using var model = Doubler.Load();
                    using var inputs = model.AllocateInputs(n: 1);
                    using var outputs = model.AllocateOutputs(n: 1);
                    inputs.X.Span.Fill(21);
                    model.Run(inputs, outputs);
                    var path = System.IO.Path.GetRelativePath(System.AppContext.BaseDirectory, model.Source.Path!);
                    return $"{outputs.Y.Span[0]} {path}";
                }
            }
            """);
        DotNet.Succeed(Path.Combine(_folder.Path, "PackedNets"), "pack", "-v:m", "-o", Path.Combine(_folder.Path, "feed"))
            .ShouldNotContain("warning", Case.Sensitive);
    }

    /// <summary>
    /// Makes a project of xunit tests that references the program's project, with one test that runs the model. The packages are
    /// of the versions that this repository uses.
    /// </summary>
    /// <returns>The project's folder.</returns>
    public string AddTestProject()
    {
        var references = ((string[])["Microsoft.NET.Test.Sdk", "xunit", "xunit.runner.visualstudio"])
            .Select(id => $"""<PackageReference Include="{id}" Version="{PackedPackages.VersionHere(id)}" />""");
        Write("App.Tests/App.Tests.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(references)}
                <ProjectReference Include="../App/App.csproj" />
              </ItemGroup>
            </Project>
            """);
        Write("App.Tests/DoublerTests.cs",
            """
            using System.IO;
            using Xunit;
            using Xunit.Abstractions;

            public class DoublerTests(ITestOutputHelper output)
            {
                [Fact]
                public void It_doubles()
                {
                    using var model = App.Doubler.Load();
                    using var inputs = model.AllocateInputs(n: 3);
                    using var outputs = model.AllocateOutputs(n: 3);
                    inputs.X.Span.Fill(21);
                    model.Run(inputs, outputs);
                    Assert.Equal(new float[] { 42, 42, 42 }, outputs.Y.Span.ToArray());
                    output.WriteLine($"library: {model.Backend.LibraryPath}");
                }
            }
            """);
        return Path.Combine(_folder.Path, "App.Tests");
    }

    /// <summary>Runs the program in a folder: its result, its library relative to the folder, and its backend.</summary>
    public static (string Result, string Library, string Backend) Run(string folder)
    {
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "App.exe" : "App");
        var lines = Programs.Succeed(program).Split('\n', StringSplitOptions.TrimEntries);
        return (lines[0], Path.GetRelativePath(folder, lines[1]).Replace('\\', '/'), lines[2]);
    }

    /// <summary>Every native ONNX Runtime in a folder, as a path relative to it.</summary>
    public static string[] Libraries(string folder) =>
    [
        .. Directory.GetFiles(folder, "*onnxruntime.*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "onnxruntime.dll" or "libonnxruntime.so" or "libonnxruntime.dylib"
                || Path.GetFileName(file).StartsWith("libonnxruntime.so.", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    private void Write(string name, string content) => _folder.Add(name, Encoding.UTF8.GetBytes(content));
}
