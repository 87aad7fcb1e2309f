extern alias generator;

using generator::TrtBindings.Generators;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// A program and a library that it references, each with a model, in a folder outside the repository. They get targets,
/// generator and runtime as from a package, and treat every warning as an error.
/// </summary>
internal sealed class ConsumerSolution : IDisposable
{
    private readonly ModelFolder _folder = new();

    public ConsumerSolution()
    {
        var build = Path.Combine(TestPaths.RepositoryRoot, "src", "TrtBindings", "build");
        Write("Directory.Build.props",
            $"""
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>disable</ImplicitUsings>
                <AnalysisMode>All</AnalysisMode>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <TrtBuildAssembly>{BuiltAssembly("TrtBindings.Build")}</TrtBuildAssembly>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(OnnxModel).Assembly.Location}" />
                <Reference Include="{typeof(System.Numerics.Tensors.TensorSpan<float>).Assembly.Location}" />
                <Analyzer Include="{typeof(OnnxGenerator).Assembly.Location}" />
                <Analyzer Include="{BuiltAssembly("TrtBindings.CodeFixes")}" />
              </ItemGroup>
              <Import Project="{Path.Combine(build, "TrtBindings.props")}" />
            </Project>
            """);
        Write("Directory.Build.targets",
            $"<Project><Import Project=\"{Path.Combine(build, "TrtBindings.targets")}\" /></Project>");
        Write("Directory.Packages.props", "<Project />");
        Write("lib/Lib.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup><AdditionalFiles Include="nets/lib-net.onnx" /></ItemGroup>
            </Project>
            """);
        Write("app/App.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                <AdditionalFiles Include="models/**/*.onnx" />
                <AdditionalFiles Include="../outside/far.onnx" Link="linked/near.onnx" />
                <AdditionalFiles Include="../outside/bare.onnx" />
                <ProjectReference Include="../lib/Lib.csproj" />
              </ItemGroup>
            </Project>
            """);
        WriteProgram("App.Net", "App.Near", "App.Bare", "Lib.LibNet");
    }

    /// <summary>Writes a program that shows, for each class, what it was compiled against and what is in its file.</summary>
    public void WriteProgram(params string[] classes) => Write("app/Program.cs",
        $$"""
        using System;
        using System.Reflection;
        using TrtBindings;

        {{string.Join('\n', classes.Select(name => $"Show({name}.CompiledSignature, typeof({name}).Assembly);"))}}

        static void Show(ModelSignature signature, Assembly assembly)
        {
            var file = ModelSource.Find(signature, assembly).Describe();
            Console.WriteLine($"{signature.File}: compiled {signature.Outputs[0]}, found {file.Outputs[0]}");
        }
        """);

    private static string BuiltAssembly(string project)
    {
        // artifacts/bin/<project>/<configuration>/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, project + ".dll");
    }

    /// <summary>The program's folder.</summary>
    public string App => Path.Combine(_folder.Path, "app");

    /// <summary>Where the program is built to.</summary>
    public string Output => Path.Combine(App, "bin", "Debug", "net10.0");

    /// <summary>Writes a model and gives its path.</summary>
    public string Add(string name, OnnxModelBuilder model) => _folder.Add(name, model);

    /// <summary>Writes a file and gives its path.</summary>
    public string Add(string name, byte[] content) => _folder.Add(name, content);

    /// <summary>Writes a file of text.</summary>
    public void Write(string name, string content) => _folder.Add(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Makes a symbolic link.</summary>
    public void Link(string name, string target)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }

    /// <summary>Builds one more strict project from models at other places.</summary>
    /// <param name="models">The models' paths. Each class has a namespace of its own.</param>
    /// <returns>Names of the generated files.</returns>
    public string[] BuildAll(IEnumerable<string> models)
    {
        var items = models.Select((path, i) =>
            $"<AdditionalFiles Include=\"{path}\" Link=\"{i}.onnx\" TrtNamespace=\"M{i}\" CopyToOutputDirectory=\"Never\" />");
        Write("all/All.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles></PropertyGroup>
              <ItemGroup>{string.Join('\n', items)}</ItemGroup>
            </Project>
            """);
        var folder = Path.Combine(_folder.Path, "all");
        DotNet.Succeed(folder, "build", "-v:m");
        return Directory.GetFiles(Path.Combine(folder, "obj"), "*.g.cs", SearchOption.AllDirectories)
            .Where(f => f.Contains(nameof(OnnxGenerator), StringComparison.Ordinal)).ToArray();
    }

    /// <summary>Builds the program.</summary>
    public string Build() => DotNet.Succeed(App, "build", "-v:m");

    /// <summary>Runs the program that was built.</summary>
    public string RunProgram() => DotNet.Succeed(App, Path.Combine(Output, "App.dll"));

    public void Dispose() => _folder.Dispose();
}
