using System.Globalization;
using System.Security;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Cli.NewApp;

/// <summary>Writes a project: all of it, or nothing.</summary>
/// <param name="folder">The folder to make.</param>
internal sealed class AppFolder(string folder)
{
    /// <summary>Writes the files beside the place where they belong, and moves them there when all are written.</summary>
    /// <param name="files">Path below the folder, and text.</param>
    /// <param name="copies">Path below the folder, and the file to copy.</param>
    /// <param name="cancellation">Ends the copying.</param>
    /// <exception cref="UsageException">The folder is there and has something in it.</exception>
    public void Write(IEnumerable<(string Path, string Text)> files, IEnumerable<(string Path, string From)> copies,
        CancellationToken cancellation)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new UsageException($"'{folder}' is there already and is not an empty folder. Name another one with --output.");
        using var work = WorkFolder.Beside(folder);
        var unfinished = work[Path.GetFileName(folder)];
        foreach (var (path, text) in files) File.WriteAllText(Target(path), text);
        foreach (var (path, from) in copies)
        {
            cancellation.ThrowIfCancellationRequested();
            File.Copy(from, Target(path));
        }

        if (Directory.Exists(folder)) Directory.Delete(folder);
        Directory.Move(unfinished, folder);

        string Target(string path)
        {
            var full = Path.Combine(unfinished, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return full;
        }
    }

    /// <summary>The project file.</summary>
    /// <param name="model">Path of the model below the folder.</param>
    /// <param name="space">The root namespace.</param>
    /// <param name="task">The item's TrtTask; <see langword="null"/> for none.</param>
    /// <param name="package">The package to reference.</param>
    /// <param name="version">Its version.</param>
    public static string Project(string model, string space, string? task, string package, string version) => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <RootNamespace>{space}</RootNamespace>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
            <!-- This line makes the model's class, and copies the model beside the program. -->
            <AdditionalFiles Include="{Escaped(MSBuildEscaped(model))}"{(task is null ? "" : $" TrtTask=\"{task}\"")} />
          </ItemGroup>

          <ItemGroup>
            <PackageReference Include="{package}" Version="{version}" />
            <!-- For CUDA without TensorRT, add: dotnet add package Microsoft.ML.OnnxRuntime.Gpu -->
          </ItemGroup>

        </Project>

        """.ReplaceLineEndings("\n");

    /// <summary>The package source of the project, beside those of the machine.</summary>
    public static string PackageSource(string source) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <configuration>
          <packageSources>
            <add key="trtbindings" value="{Escaped(source)}" />
          </packageSources>
        </configuration>

        """.ReplaceLineEndings("\n");

    /// <summary>Characters that MSBuild would take for lists, patterns and properties are written as it writes them.</summary>
    private static string MSBuildEscaped(string text) => string.Concat(text.Select(character =>
        "%*?@$();'".Contains(character) ? string.Create(CultureInfo.InvariantCulture, $"%{(int)character:X2}") : $"{character}"));

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
