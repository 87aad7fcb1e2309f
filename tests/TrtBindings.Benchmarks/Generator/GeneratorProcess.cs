using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using TrtBindings.Generators.Tests;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>Runs the generator in a new process, as a build does.</summary>
internal static class GeneratorProcess
{
    private const int Seed = 20261121;
    private const int WarmUp = 50;
    private const int Repeats = 200;

    public static int Run(string measurement, string folder)
    {
        GeneratorAssembly.UseCompilerOfSdk();
        switch (measurement)
        {
            case "cold": Cold(folder); return 0;
            case "write": Write(folder); return 0;
            case "keystroke": Keystroke(folder); return 0;
            case "change": Change(folder); return 0;
            case "mutations": Mutations(folder); return 0;
            default: return 2;
        }
    }

    /// <summary>Writes the classes of a folder's models beside them.</summary>
    private static void Write(string folder)
    {
        foreach (var tree in GeneratorAssembly.Driver(Texts(folder)).RunGenerators(GeneratorAssembly.Consumer())
                     .GetRunResult().GeneratedTrees)
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(tree.FilePath)), tree.ToString());
    }

    /// <summary>A whole compilation with all models and source files of a folder, and the generator's part of it.</summary>
    private static void Cold(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        var texts = Texts(folder);
        var program = GeneratorAssembly.Program(Directory.GetFiles(folder, "*.cs"));
        var driver = GeneratorAssembly.Driver(texts).RunGeneratorsAndUpdateCompilation(program, out var compilation, out _);
        using var assembly = new MemoryStream();
        if (compilation.Emit(assembly) is { Success: false } failed)
            throw new InvalidOperationException(string.Join('\n', failed.Diagnostics));
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Expect(driver, texts.Length);
        ChildProcess.Answer(time, GeneratorAssembly.Milliseconds(driver));
    }

    /// <summary>Edits of a source file, including the first edit of a new process.</summary>
    private static void Keystroke(string folder)
    {
        var texts = Texts(folder);
        var compilation = GeneratorAssembly.Consumer();
        var driver = GeneratorAssembly.Driver(texts).RunGenerators(compilation);
        var times = new double[Repeats];
        for (var i = 0; i < times.Length; i++)
        {
            var edited = GeneratorAssembly.Source(i.ToString(CultureInfo.InvariantCulture));
            compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], edited);
            driver = driver.RunGenerators(compilation);
            times[i] = GeneratorAssembly.Milliseconds(driver);
        }

        Expect(driver, texts.Length);
        ChildProcess.Answer(Median.Of(times), times.Max());
    }

    /// <summary>Replaces one model of the folder by another: in a new process, and in a warm one.</summary>
    private static void Change(string folder)
    {
        var texts = Texts(folder);
        AdditionalText current = texts[0];
        var compilation = GeneratorAssembly.Consumer();
        var driver = GeneratorAssembly.Driver(texts).RunGenerators(compilation);
        var times = new double[WarmUp + Repeats];
        for (var i = 0; i < times.Length; i++)
        {
            SparseModel.Write(current.Path, rows: 16, columns: 1024 + i);
            var replaced = new BinaryAdditionalText(current.Path);
            driver = driver.ReplaceAdditionalText(current, replaced).RunGenerators(compilation);
            current = replaced;
            times[i] = GeneratorAssembly.Milliseconds(driver);
            var text = driver.GetRunResult().GeneratedTrees.First(t => t.FilePath.Contains("m00")).ToString();
            if (!text.Contains($"{1024 + i}", StringComparison.Ordinal)) throw new InvalidOperationException("Not read.");
        }

        ChildProcess.Answer(times[0], Median.Of(times.Skip(WarmUp)));
    }

    /// <summary>Runs the generator once for each mutation of the small models.</summary>
    private static void Mutations(string folder)
    {
        var random = new Random(Seed);
        var (models, path) = (SmallModels.All, Path.Combine(folder, "mutation.onnx"));
        var (slowest, failed, total) = (0.0, 0, 10_000);
        for (var i = 0; i < total; i++)
        {
            File.WriteAllBytes(path, Mutation.Of(models[i % models.Count].Bytes, random));
            var driver = GeneratorAssembly.Driver([new BinaryAdditionalText(path)]).RunGenerators(GeneratorAssembly.Consumer());
            slowest = Math.Max(slowest, GeneratorAssembly.Milliseconds(driver));
            var result = driver.GetRunResult();
            var isDefect = result.Results[0].Exception is not null || result.Diagnostics.Any(d => d.Id is "TRTB0099" or "CS8785");
            // No code and no diagnostic would be as bad as an exception.
            if (isDefect || (result.GeneratedTrees.IsEmpty && result.Diagnostics.IsEmpty)) failed++;
        }

        ChildProcess.Answer(total - failed, total, slowest);
    }

    private static BinaryAdditionalText[] Texts(string folder) =>
        [.. Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal).Select(path => new BinaryAdditionalText(path))];

    private static void Expect(GeneratorDriver driver, int classes)
    {
        if (driver.GetRunResult().GeneratedTrees.Length != classes)
            throw new InvalidOperationException(string.Join('\n', driver.GetRunResult().Diagnostics));
    }
}
