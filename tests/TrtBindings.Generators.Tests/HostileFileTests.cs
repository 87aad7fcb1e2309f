using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Tests;

/// <summary>A damaged file gives a diagnostic or code that parses, never an exception in the generator.</summary>
[Trait("Category", "Slow")]
public sealed class HostileFileTests
{
    private const int Mutations = 2000;
    private const int Batch = 50;

    private const int ReaderMutations = 10_000;
    private const int ReaderBatch = 200;
    private const int Compiled = 500;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    /// <summary>The same files that the reader's own test reads: same seed, same order.</summary>
    [Fact]
    public void No_damaged_file_of_the_readers_tests_breaks_the_generator()
    {
        var random = new Random(20261121);
        var (generated, compiled) = (0, 0);
        for (var done = 0; done < ReaderMutations; done += ReaderBatch)
        {
            using var folder = new ModelFolder();
            var paths = Enumerable.Range(done, ReaderBatch).Select(i => folder.Add(
                $"m{i}.onnx", Mutation.Of(SmallModels.All[i % SmallModels.All.Count].Bytes, random))).ToArray();
            var run = GeneratorRun.Of(paths);
            run.Driver.GetTimingInfo().GeneratorTimes.Single().ElapsedTime.ShouldBeLessThan(Hang);
            generated += CheckText(run);
            var spoken = run.Result.Diagnostics.Select(d => d.Location.GetLineSpan().Path).ToHashSet();
            var quiet = paths.Where(p => !spoken.Contains(p) && !IsGenerated(run, Path.GetFileName(p)));
            quiet.ShouldBeEmpty("Neither code nor a word of why.");
            if (compiled >= Compiled) continue;
            run.Problems.ShouldBeEmpty();
            compiled += run.Result.GeneratedSources.Length;
        }

        generated.ShouldBeInRange(ReaderMutations / 100, ReaderMutations * 99 / 100);
        compiled.ShouldBeGreaterThanOrEqualTo(Compiled);
    }

    [Fact]
    public void No_mutation_of_a_model_breaks_the_generator()
    {
        var random = new Random(20261121);
        byte[][] originals =
        [
            Models.YoloSeg("batch", [39L, 8400L], [32L, 160L, 160L])
                .Documentation("A \"model\" </summary> of\nsome kind").ToBytes(),
            Models.Identity("input.1", "443", null, 3L, "?", "height").Function("f", "g", ["a"], ["b"], "Relu").ToBytes(),
            new OnnxModelBuilder().Input("class", ElementType.String, "n").Output("in", ElementType.BFloat16, "n", 7L)
                .Graph(g => g.Output("seq", OnnxType.Sequence(OnnxType.Tensor(ElementType.Int4))))
                .ExternalInitializer("w", ElementType.Float, [4], "w.bin", 0, 16).Node("Cast", ["class"], ["in"]).ToBytes(),
        ];
        var (generated, compiled) = (0, 0);
        for (var done = 0; done < Mutations; done += Batch)
        {
            using var folder = new ModelFolder();
            var paths = Enumerable.Range(0, Batch)
                .Select(i => folder.Add($"m{i}.onnx", Mutate(originals[(done + i) % originals.Length], random))).ToArray();
            var run = GeneratorRun.Of(paths);
            generated += CheckText(run);

            // Compiling takes far longer than generating, so only every fourth batch is compiled whole.
            if (done % (4 * Batch) != 0) continue;
            run.Problems.ShouldBeEmpty();
            compiled += run.Result.GeneratedSources.Length;
        }

        generated.ShouldBeGreaterThan(Mutations / 4, "the mutations hardly ever leave a readable model: they test little");
        compiled.ShouldBeGreaterThan(Mutations / 16);
    }

    /// <summary>Checks that nothing threw and that the generated code parses. Returns the number of generated files.</summary>
    private static int CheckText(GeneratorRun run)
    {
        run.Ids.ShouldNotContain("TRTB0099", string.Join('\n', run.Result.Diagnostics));
        foreach (var source in run.Result.GeneratedSources)
        {
            source.SyntaxTree.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)
                .ShouldBeEmpty(source.SourceText.ToString());
        }

        return run.Result.GeneratedSources.Length;
    }

    private static bool IsGenerated(GeneratorRun run, string file) =>
        run.Result.GeneratedSources.Any(s => s.HintName == file + ".g.cs");

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(bytes.Length);
            // Lengths and tags break the file; letters are names, which reach the generated text.
            while (random.Next(8) != 0 && !char.IsAsciiLetterOrDigit((char)bytes[at])) at = random.Next(bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                _ => (byte)"\"\\<&\n{}/@ \0"[random.Next(11)],
            };
        }

        return random.Next(50) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
