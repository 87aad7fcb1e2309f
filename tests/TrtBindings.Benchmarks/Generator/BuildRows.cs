using System.Diagnostics;
using System.Text;
using TrtBindings.Generators.Tests;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>
/// What the models of a project add to <c>dotnet build</c> when nothing has changed. Projects that differ in their models alone
/// are built in turns, so that the ratio holds on a busy machine too.
/// </summary>
internal static class BuildRows
{
    private const int Rounds = 11;
    private const double Bar = 1.15;

    public static IEnumerable<Row> Measure()
    {
        using var folder = new ModelFolder();
        Write(folder, "Directory.Build.props", Props);
        Write(folder, "Directory.Build.targets", $"""<Project><Import Project="{Targets("TrtBindings.targets")}" /></Project>""");
        Write(folder, "Directory.Packages.props", "<Project />");
        var samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");
        var count = Directory.GetFiles(samples, "*.onnx", SearchOption.AllDirectories).Length;
        var with = Project(folder, "With", $"""<AdditionalFiles Include="{samples}/**/*.onnx" />""");
        var written = Project(folder, "Written",
            $"""<AdditionalFiles Include="{samples}/**/*.onnx" />""", "<TrtEmitSource>true</TrtEmitSource>");
        var without = Project(folder, "Without", "");

        // What else the machine does changes from second to second, so each build is compared with the one beside it.
        var rounds = Enumerable.Range(0, Rounds).Select(round => round % 2 == 0
            ? (None: Build(without), With: Build(with), Written: Build(written))
            : Reversed(Build(written), Build(with), Build(without))).ToArray();
        yield return Row.Below(
            $"dotnet build without a change, {count} models to none", Bar,
            Median.Of(rounds.Select(round => round.With / round.None)), "times");
        yield return Row.Below(
            "  the same with TrtEmitSource", Bar, Median.Of(rounds.Select(round => round.Written / round.None)), "times");
        yield return Row.Figure("  without models", Median.Of(rounds.Select(round => round.None)), "s");
    }

    private static (double None, double With, double Written) Reversed(double written, double with, double none) =>
        (none, with, written);

    private static string Props =>
        $"""
        <Project>
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <TrtBuildAssembly>{GeneratorAssembly.Metadata("BuildAssembly")}</TrtBuildAssembly>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{typeof(OnnxModel).Assembly.Location}" />
            <Reference Include="{typeof(System.Numerics.Tensors.TensorSpan<float>).Assembly.Location}" />
            <Analyzer Include="{GeneratorAssembly.Metadata("GeneratorAssembly")}" />
          </ItemGroup>
          <Import Project="{Targets("TrtBindings.props")}" />
        </Project>
        """;

    private static string Targets(string name) => Path.Combine(TestPaths.RepositoryRoot, "src", "TrtBindings", "build", name);

    /// <summary>Makes a program, and builds it for the first time.</summary>
    private static string Project(ModelFolder folder, string name, string items, string properties = "")
    {
        Write(folder, name + "/Program.cs", "System.Console.WriteLine(\"Hello\");");
        Write(folder, $"{name}/{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType>{properties}</PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);
        var project = Path.Combine(folder.Path, name);
        DotNet.Succeed(project, "build", "-v:q");
        return project;
    }

    /// <summary>Seconds that a build takes.</summary>
    private static double Build(string project)
    {
        var started = Stopwatch.GetTimestamp();
        DotNet.Succeed(project, "build", "-v:q", "--no-restore");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Write(ModelFolder folder, string name, string content) =>
        folder.Add(name, Encoding.UTF8.GetBytes(content));
}
