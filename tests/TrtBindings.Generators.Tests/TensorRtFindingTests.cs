extern alias generator;

using Microsoft.CodeAnalysis;
using generator::TrtBindings.Generators.Spec;

namespace TrtBindings.Generators.Tests;

/// <summary>Problems that only TensorRT has: information by default, a warning if the item asks for TensorRT.</summary>
public sealed class TensorRtFindingTests
{
    public static TheoryData<string, string, string> Findings() => new()
    {
        { "range", "TRTB0120", "Dimension 'n' has no range, and" },
        { "operator", "TRTB0121", "The parser of TensorRT 10 and 11 does not take operator Bernoulli unless" },
        { "newer", "TRTB0121", "The parser of TensorRT 10 does not take operator Swish unless" },
        { "domain", "TRTB0121", "does not take operator com.acme.Frob unless" },
        { "type", "TRTB0122", "does not take 'x', which is tensor(int16)" },
        { "opset", "TRTB0123", "operator set 8, and the parser of TensorRT 10 and 11 takes 9 to 24 and 9 to 25" },
        { "recent", "TRTB0123", "operator set 25, and the parser of TensorRT 10 takes 9 to 24" },
        { "unsigned", "TRTB0124", "1 uint8 initializers" },
        { "names", "TRTB0125", "2 dimensions of the inputs are all written '?'" },
    };

    [Theory]
    [MemberData(nameof(Findings))]
    public void A_finding_is_a_note_and_a_warning_where_TensorRT_is_asked_for(string name, string id, string text)
    {
        var plain = GeneratorRun.Of(Model(name));
        plain.Ids.ShouldBeEmpty();
        Notes(plain).ShouldContain(id);
        var onRuntime = GeneratorRun.WithItem(Model(name), new() { ["TrtBackend"] = "OnnxRuntime" });
        onRuntime.Ids.ShouldBeEmpty();
        Notes(onRuntime).ShouldContain(id);
        foreach (var (key, value) in new[] { ("TrtBackend", "TensorRT"), ("TrtPrecision", "fp32") })
        {
            var asked = GeneratorRun.WithItem(Model(name), new() { [key] = value });
            Notes(asked).ShouldBeEmpty();
            asked.Messages.ShouldContain(m => m.StartsWith(id, StringComparison.Ordinal) && m.Contains(text), key);
            asked.Problems.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Proposed_ranges_work_when_they_are_pasted_and_fit_what_they_are_for()
    {
        var path = Models.Identity("input.1", "y", "?", 3L, "?", "?");
        var odd = Models.Identity("x", "y", "a,b", "it's", "c;d");
        Proposals(path).ShouldBe(["input.1[0]=1..4..16", "input.1[2]=320..640..1280", "input.1[3]=320..640..1280"]);
        Proposals(odd).ShouldBe(["'a,b'=1..4..16", "'it''s'=1..64..512", "cd=1..64..512"]);

        static string[] Proposals(OnnxModelBuilder model)
        {
            var run = GeneratorRun.WithItem(model, new() { ["TrtBackend"] = "TensorRT" });
            string[] proposals = [.. run.Result.Diagnostics.Where(d => d.Id == "TRTB0120")
                .Select(d => d.GetMessage().Split("TrtProfile=\"")[1].Split('"')[0])];
            var pasted = GeneratorRun.WithItem(
                model, new() { ["TrtBackend"] = "TensorRT", ["TrtProfile"] = string.Join(',', proposals) });
            pasted.Ids.ShouldNotContain(id => id.StartsWith("TRTB010", StringComparison.Ordinal) || id == "TRTB0120");
            return proposals;
        }
    }

    [Fact]
    public void A_missing_range_is_a_note_of_the_analyzer_at_the_file_of_its_model()
    {
        using var folder = new ModelFolder();
        var (open, asked, fixedSize) = (
            folder.Add("open.onnx", Models.Identity("x", "y", "n", null)),
            folder.Add("asked.onnx", Models.Identity("x", "y", "n")), folder.Add("fixed.onnx", Models.Identity()));
        var run = GeneratorRun.WithItems([asked, fixedSize, open], new() { [asked] = new() { ["TrtPrecision"] = "fp16" } });
        run.Notes.ShouldBeEmpty("nearly every model has an open batch, and what a generator reports costs every cold build");
        run.Ids.ShouldBe(["TRTB0120"], "the generator says it where TensorRT is asked for");
        var notes = AnalyzerRun.Of(run);
        notes.ShouldAllBe(n => n.Severity == DiagnosticSeverity.Info && n.Id == "TRTB0120");
        notes.Select(n => n.Location.GetLineSpan().Path).ShouldBe([open, open]);
        notes.Select(n => n.GetMessage()[..22]).Order(StringComparer.Ordinal)
            .ShouldBe(["Dimension 'n' has no r", "Dimension 'x[1]' has n"]);
    }

    [Fact]
    public void A_model_that_the_parser_takes_has_no_finding()
    {
        var model = Models.Identity("x", "y", "n", 4L).Node("Local", ["x"], ["z"])
            .Function("acme", "Local", ["a"], ["b"], "Identity");
        GeneratorRun.Of(Models.Identity()).Notes.ShouldBeEmpty();
        GeneratorRun.WithItem(Models.Identity("x", "y", "n"), new() { ["TrtProfile"] = "n=1" }).Messages.ShouldBeEmpty();
        GeneratorRun.WithItem(model, new() { ["TrtProfile"] = "n=1" }).Messages
            .ShouldHaveSingleItem().ShouldContain("operator Local", Case.Sensitive, "its domain is not that of the function");
    }

    [Fact]
    public void The_lists_are_whole_and_differ_as_their_sources_say()
    {
        ParserSupport.All.Select(s => (s.Major, s.MinimumOpset, s.MaximumOpset)).ShouldBe([("10", 9L, 24L), ("11", 9L, 25L)]);
        ParserSupport.All[1].Operators.Except(ParserSupport.All[0].Operators).Order(StringComparer.Ordinal)
            .ShouldBe(["Swish", "TRT_Attention", "TRT_KVCacheUpdate", "TRT_MoE"]);
        ParserSupport.All[0].Operators.Except(ParserSupport.All[1].Operators).ShouldBeEmpty();
        foreach (var support in ParserSupport.All)
        {
            support.Operators.Count.ShouldBeGreaterThan(140);
            support.Takes("Conv").ShouldBeTrue();
            support.Takes("ConvInteger").ShouldBeFalse();
            support.Takes(generator::TrtBindings.ElementType.UInt32).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("batch=1", "")]
    [InlineData("batch=1..2..4", "TRTB0130")]
    [InlineData("batch=1|batch=8", "TRTB0130")]
    public void A_batch_of_images_that_would_come_out_mixed_is_refused(string profile, string expected)
    {
        var run = GeneratorRun.WithItem(Models.Scrfd(batched: false), new() { ["TrtProfile"] = profile });
        run.Ids.ShouldBe(expected.Length == 0 ? [] : [expected]);
        run.Problems.ShouldBeEmpty();
        GeneratorRun.WithItem(Models.Scrfd(batched: true), new() { ["TrtProfile"] = profile }).Ids.ShouldBeEmpty();
    }

    [Fact]
    public void Labels_that_are_not_as_many_as_the_head_tells_apart()
    {
        var run = GeneratorRun.Of(Models.YoloSeg(1L, [116L, 8400L], [32L, 160L, 160L]));
        run.Messages.ShouldHaveSingleItem().ShouldContain("names 3 classes, and the head has 80");
        GeneratorRun.Of(Models.YoloSeg(1L, [39L, 8400L], [32L, 160L, 160L])).Ids.ShouldBeEmpty();
        GeneratorRun.Of(Models.YoloSeg(1L, [116L, 8400L], [32L, 160L, 160L], null)).Ids.ShouldBeEmpty();
    }

    [Fact]
    public void A_task_that_the_shapes_confirm_says_nothing() =>
        GeneratorRun.WithItem(Models.YoloSeg(1L, [39L, 8400L], [32L, 160L, 160L]), new() { ["TrtTask"] = "yoloseg" })
            .Ids.ShouldBeEmpty();

    /// <summary>Diagnostics of the generator and of the analyzer.</summary>
    private static string[] Notes(GeneratorRun run) =>
        [.. run.Notes.Concat(AnalyzerRun.Of(run).Select(d => d.Id))];

    private static OnnxModelBuilder Model(string name) => name switch
    {
        "range" => Models.Identity("x", "y", "n"),
        "operator" => Models.Identity().Node("Bernoulli", ["x"], ["z"]),
        "newer" => Models.Identity().Node("Swish", ["x"], ["z"]),
        "domain" => Models.Identity().Graph(g => g.Node("com.acme", "Frob", ["x"], ["z"])),
        "type" => new OnnxModelBuilder().Input("x", ElementType.Int16, 1L).Output("y", ElementType.Float, 1L)
            .Node("Cast", ["x"], ["y"]),
        "opset" => Models.Identity().Opset("", 8),
        "recent" => Models.Identity().Opset("", 25),
        "unsigned" => Models.Identity().Node("QuantizeLinear", ["x", "s", "z"], ["q"])
            .Initializer("z", ElementType.UInt8, [], [0]),
        _ => Models.Identity("x", "y", 1L, 3L, "?", "?"),
    };
}
