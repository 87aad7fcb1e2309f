using Google.Protobuf;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Quantization;
using TrtBindings.Graphs.Structure;
using TrtBindings.TestSupport;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>What came of damaged models.</summary>
/// <param name="Refused">One typed error.</param>
/// <param name="Converted">ONNX Runtime takes both the damaged model and what was made of it, or neither.</param>
/// <param name="Wrong">Anything else, each with its number.</param>
/// <param name="Reasons">The first words of the errors, and how often each came.</param>
internal sealed record MutationRun(
    int Refused, int Converted, IReadOnlyList<string> Wrong, IReadOnlyDictionary<string, int> Reasons)
{
    /// <summary>Damages models that show every corner of the converter.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed makes the same models.</param>
    public static MutationRun Run(int count, int seed)
    {
        var models = Models().ToArray();
        var (refused, converted, wrong) = (0, 0, new List<string>());
        var reasons = new Dictionary<string, int>();
        using var folder = new TempFolder();
        for (var i = 0; i < count; i++)
        {
            var random = new Random((seed * 1_000_003) + i);
            var model = models[i % models.Length];
            // Every third one is damaged as bytes, which seldom leaves a message that can be read.
            File.WriteAllBytes(
                folder["in.onnx"], i % 3 == 0 ? Mutation.Of(model.ToByteArray(), random) : GraphMutation.Of(model, random));
            File.Delete(folder["out.onnx"]);
            try
            {
                // The converter's own check would hide what it wrote.
                var options = new ConversionOptions { CheckUpToBytes = 0 };
                switch (random.Next(4))
                {
                    case 0: ModelConversion.ToFloat16(folder["in.onnx"], folder["out.onnx"], options); break;
                    case 1: ModelConversion.ToBFloat16(folder["in.onnx"], folder["out.onnx"], options); break;
                    default: Quantize(folder["in.onnx"], folder["out.onnx"], random); break;
                }
            }
            catch (TrtBindingsException e)
            {
                refused++;
                var reason = e.Message.Replace(folder["in.onnx"], "MODEL", StringComparison.Ordinal);
                reason = reason[..Math.Min(40, reason.Length)];
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                if (folder.Files().Length > 1) wrong.Add($"{i}: left {string.Join(' ', folder.Files())}");
                continue;
            }
            catch (Exception e)
            {
                wrong.Add($"{i}: {e}");
                continue;
            }

            var before = ResultCheck.Loads(folder["in.onnx"], out _);
            var after = Loads(folder["out.onnx"], out var why);
            if (before && !after) wrong.Add($"{i}: {why}");
            else converted++;
        }

        return new(refused, converted, wrong, reasons);
    }

    public override string ToString() =>
        string.Join(Environment.NewLine, Wrong.Prepend($"{Refused} refused, {Converted} converted, {Wrong.Count} wrong")
            .Concat(Reasons.OrderByDescending(reason => reason.Value).Select(reason => $"{reason.Value,6}  {reason.Key}")));

    /// <summary>Quantizes without a calibration, which a damaged model seldom reaches: all ranges are 1.</summary>
    private static void Quantize(string path, string target, Random random)
    {
        using var file = OnnxFile.Read(path);
        var constants = new TensorRanges(file);
        using var writer = new ModelWriter(file, target);
        var draft = new Draft(file);
        var plan = QuantizationPlan.Make(draft, new()
        {
            Type = random.Next(4) == 0 ? ElementType.Float8E4M3FN : ElementType.Int8,
            Rest = random.Next(3) switch { 0 => ElementType.Float, 1 => ElementType.BFloat16, _ => ElementType.Float16 },
            Concat = random.Next(2) == 0 ? ConcatQuantization.Inputs : ConcatQuantization.Output,
        });
        plan.Rewrite(draft, plan.Tensors.ToDictionary(name => name, _ => 1f), constants, new Dictionary<Value, float>());
        GraphWriter.Write(draft.Main);
        writer.Write(file, file.Model, draft.Changed);
        writer.Commit();
    }

    private static bool Loads(string path, out string reason) =>
        ResultCheck.Loads(path, out reason) || reason.Contains("NotImplemented", StringComparison.Ordinal);

    private static IEnumerable<ModelProto> Models()
    {
        var branch = new Sketch().Node("Mul", "t w", "r").Out("r");
        var body = new Sketch().In("i", ElementType.Int64, Sketch.Scalar).In("go", ElementType.Bool, Sketch.Scalar)
            .In("s", ElementType.Float, 3).Node("Identity", "go", "go2").Node("Add", "s w", "s2")
            .Out("go2", ElementType.Bool, Sketch.Scalar).Out("s2", ElementType.Float, 3);
        yield return new Sketch().In("x", ElementType.Float, 3).In("c", ElementType.Bool, Sketch.Scalar).Floats("w", [3], 1, 2, 3)
            .Ints("n", [], 2).Node("Exp", "x", "t").Node("If", "c", "f", ("then_branch", branch), ("else_branch", branch))
            .Node("Loop", "n . f", "y", ("body", body)).Out("y", ElementType.Float, 3).Model();
        yield return new Sketch().In("x", ElementType.Float, 1, 2, 4, 4).Floats("w", [2, 2, 1, 1], 1, 2, 3, 4)
            .Floats("b", [2], 1, 2)
            .Floats("s", [2], 1, 2).Floats("m", [2], 0, 1).Floats("v", [2], 1, 2).Floats("scales", [4], 1, 1, 2, 2)
            .Node("Conv", "x w b", "c").Node("BatchNormalization", "c s b m v", "n").Node("Relu", "n", "r")
            .Note("r", ElementType.Float)
            .Node("Resize", "r . scales", "y").Out("y").Model();
        var function = new FunctionProto
        {
            Domain = "own", Name = "Twice", Input = { "a" }, Output = { "b" },
            Node = { Sketch.NodeOf("", "Exp", "a", "t"), Sketch.NodeOf("", "Add", "t t", "b") },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        };
        yield return new Sketch().In("x", ElementType.Float, 3).In("i", ElementType.Int64, 3).Node("own", "Twice", "x", "m")
            .Node("Cast", "i", "d", ("to", ElementType.Float))
            .Node("Constant", "", "k", ("value", Sketch.Tensor("", [3], 1, 2, 3)))
            .Node("Add", "m d", "e").Node("Mul", "e k", "y").Out("y", ElementType.Float, 3).Model(17, 8, function);
        yield return new Sketch().In("x", ElementType.Float, 2, 3).In("w", ElementType.Float, 3, 2)
            .Floats("w", [3, 2], 1, 2, 3, 4, 5, 6)
            .Node("MatMul", "x w", "a").Node("Softmax", "a", "y").Out("y").Out("w", ElementType.Float, 3, 2).Model(9, 3);
        yield return new Sketch().In("x", ElementType.Float, 1, 16, 4, 4).Conv("x", "a", 16, 16).SiLU("a", "as")
            .Ints("sizes", [2], 8, 8)
            .Node("Split", "as sizes", "l r", ("axis", 1)).Block("r", "b", 8, 8).Node("Add", "r b", "s")
            .Node("Concat", "l r s", "j", ("axis", 1)).Conv("j", "k", 24, 16, 3).Conv("j", "m", 24, 16).Node("Add", "k m", "t")
            .Node("Relu", "t", "u").Node("MaxPool", "u", "p", ("kernel_shape", new long[] { 1, 1 })).Block("p", "z", 16, 16)
            .Conv("z", "y", 16, 8).Out("y").Model();
        yield return new Sketch().In("x", ElementType.Float, 4, 16).MatMul("x", "q", 16, 16).MatMul("x", "v", 16, 32)
            .Node("Transpose", "q", "qt").Node("MatMul", "q qt", "o").Node("Softmax", "o", "p").Node("MatMul", "p v", "h")
            .Weights("g.w", 32, 32).Weights("g.b", 32).Node("Gemm", "h g.w g.b", "g", ("transB", 1)).Node("Relu", "g", "gr")
            .MatMul("gr", "y", 32, 16).Out("y").Out("q.w", ElementType.Float, 16, 16).Model(13);
    }
}
