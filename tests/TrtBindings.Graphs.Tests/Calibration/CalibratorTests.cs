using TrtBindings.Graphs.Calibration;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>Calibration of small models, whose values the test knows.</summary>
public sealed class CalibratorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CalibrationMethod.MinMax, Calibrator.NumbersInGroup, 0)]
    [InlineData(CalibrationMethod.Percentile, Calibrator.NumbersInGroup, 1)]
    [InlineData(CalibrationMethod.Percentile, 100, 3)]
    [InlineData(CalibrationMethod.Percentile, 1, 4)]
    public void Pictures_of_several_sizes_and_shapes_that_follow_from_data_are_measured_in_any_number_of_groups(
        CalibrationMethod method, long groupSize, int groups)
    {
        // The places of what is not zero: as many as there are, which Python's tools cannot calibrate.
        var graph = new Sketch().In("x", ElementType.Float, 1, 1, -1, -1).Floats("two", [], 2).Node("Mul", "x two", "y")
            .Node("NonZero", "y", "places").Node("Cast", "places", "z", ("to", ElementType.Float)).Node("Relu", "y", "r")
            .Node("ReduceSum", "r", "sum", ("keepdims", 0)).Out("z").Out("sum");
        float[][] pictures = [[.. Ramp(64, -1)], [.. Ramp(96, 3)], [.. Ramp(80, -7)]];
        ModelSample[] samples =
        [
            new ModelSample().Add("x", pictures[0], 1, 1, 8, 8), new ModelSample().Add("x", pictures[1], 1, 1, 8, 12),
            new ModelSample().Add("x", pictures[2], 1, 1, 10, 8),
        ];
        var calibrator = Calibrate(graph, samples, out var draft, groupSize);
        using (draft.File)
        {
            var found = calibrator.Run(["x", "y", "r", "sum"], method, 100, ElementType.Int8);
            (calibrator.Samples, calibrator.Groups).ShouldBe((3, groups));
            found.Select(one => one.Name).ShouldBe(["x", "y", "z", "r", "sum"]);
            found[0].ShouldBe(new("x", 7, method, 7));
            found[1].ShouldBe(new("y", 14, method, 14));
            found[2].ShouldBe(new("z", 11, method, null));
            found[3].ShouldBe(new("r", 6, method, 6));
            found[4].Amax!.Value.ShouldBe(pictures[1].Sum() * 2, 0.01f);
        }

        _folder.Files().ShouldBe(["in.onnx"], "the copy with outputs is gone");
    }

    [Fact]
    public void Ranges_are_those_of_all_samples_together()
    {
        var graph = new Sketch().In("x", ElementType.Float, -1).Node("Neg", "x", "y").Out("y");
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(1, 20).Select(i => Enumerable.Range(0, 500)
            .Select(_ => (float)(i * (random.NextDouble() - 0.5))).ToArray())];
        var calibrator = Calibrate(graph, rows.Select(row => new ModelSample().Add("x", row, row.Length)), out var draft);
        using var file = draft.File;
        var found = calibrator.Run(["y"], CalibrationMethod.Percentile, 99, ElementType.Int8);
        float[] all = [.. rows.SelectMany(row => row).Select(Math.Abs).Order()];
        found.Single(one => one.Name == "y").Amax!.Value.ShouldBe(all[(int)(all.Length * 0.99) - 1], 0.01f);
        found[0].ShouldBe(new("x", all[^1], CalibrationMethod.Percentile, null));
    }

    [Theory]
    [InlineData(CalibrationMethod.MeanSquaredError)]
    [InlineData(CalibrationMethod.Percentile)]
    [InlineData(CalibrationMethod.Entropy)]
    public void Tensors_with_one_scale_have_the_range_that_the_method_gives_for_the_numbers_of_all_of_them(
        CalibrationMethod method)
    {
        var graph = new Sketch().In("x", ElementType.Float, -1).Floats("four", [], 4).Node("Mul", "x four", "y")
            .Node("Concat", "x y", "all", ("axis", 0)).Out("all");
        var random = new Random(7);
        // The product of several is a bell with long tails, so that no method takes the largest.
        float[] numbers = [.. Enumerable.Range(0, 20_000)
            .Select(_ => (float)Math.Pow(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5, 5))];
        var ranges = new[] { false, true }.Select(isShared => new[] { Calibrator.NumbersInGroup, 1 }.Select(groupSize =>
        {
            var calibrator = Calibrate(
                graph, [new ModelSample().Add("x", numbers, numbers.Length)], out var draft, groupSize,
                isShared ? new() { ["x"] = "x", ["y"] = "x", ["all"] = "all" } : null);
            using var file = draft.File;
            return calibrator.Run(["x", "y", "all"], method, 99, ElementType.Int8).Select(one => one.Amax!.Value).ToArray();
        }).ToArray()).ToArray();
        ranges[0][0].ShouldBe(ranges[0][1], "in passes of their own");
        ranges[1][0].ShouldBe(ranges[1][1], "in passes of their own");
        var (alone, shared) = (ranges[0][0], ranges[1][0]);
        // The concat has the numbers of both.
        shared.ShouldBe([alone[2], alone[2], alone[2]], alone[2] * 0.01);
        alone[1].ShouldBeGreaterThan(shared[1] * 1.02f, "the range of the wider one alone is not that of both");
    }

    [Fact]
    public void The_largest_of_tensors_with_one_scale_is_their_own()
    {
        var graph = new Sketch().In("x", ElementType.Float, -1).Floats("four", [], 4).Node("Mul", "x four", "y").Out("y");
        var calibrator = Calibrate(graph, [new ModelSample().Add("x", [1f, -3, float.PositiveInfinity], 3)], out var draft,
            shared: new() { ["x"] = "x", ["y"] = "x" });
        using var file = draft.File;
        calibrator.Run(["x", "y"], CalibrationMethod.MinMax, 0, ElementType.Int8).Select(one => one.Amax).ShouldBe([3, 12]);
    }

    [Theory]
    [InlineData(CalibrationMethod.MinMax)]
    [InlineData(CalibrationMethod.Percentile)]
    public void Infinity_and_NaN_leave_the_range_to_the_finite_numbers(CalibrationMethod method)
    {
        var graph = new Sketch().In("x", ElementType.Float, -1).Node("Neg", "x", "y").Out("y");
        ModelSample[] samples =
        [
            new ModelSample().Add("x", [1f, float.PositiveInfinity, -3], 3), new ModelSample().Add("x", [float.NaN, 2f], 2),
        ];
        var calibrator = Calibrate(graph, samples, out var draft);
        using var file = draft.File;
        calibrator.Run(["y"], method, 100, ElementType.Int8).Single(one => one.Name == "y").Amax.ShouldBe(3);
    }

    [Fact]
    public void Samples_of_other_inputs_are_refused_by_name()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1).In("w", ElementType.Float, 1).Node("Add", "x w", "y").Out("y");
        Wrong(new ModelSample().Add("x", [1f], 1).Add("w", [1f], 1).Add("z", [1f], 1), "has 'z', which is no input");
        Wrong(new ModelSample().Add("x", [1f], 1), "lacks the input 'w'");
        Wrong(null!, "is null");

        void Wrong(ModelSample sample, string what)
        {
            var (path, target) = (_folder.Write("in.onnx", graph.Model()), _folder["out.onnx"]);
            Should.Throw<ModelOptionException>(() => ModelConversion.ToFloat16(path, target, new() { Samples = [sample] }))
                .Message.ShouldContain(what);
            Should.Throw<ModelOptionException>(() => ModelConversion.ToBFloat16(path, target, new() { Samples = [sample] }))
                .Message.ShouldContain(what);
            if (sample is null) return;
            var calibrator = Calibrate(graph, [sample], out var draft);
            using var file = draft.File;
            Should.Throw<ModelOptionException>(() => calibrator.Run(["y"], CalibrationMethod.Entropy, 0, ElementType.Int8))
                .Message.ShouldContain(what);
        }
    }

    [Fact]
    public void Samples_are_made_one_at_a_time()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Node("Neg", "x", "y").Out("y");
        var alive = new List<WeakReference>();
        var most = 0;
        IEnumerable<ModelSample> Samples()
        {
            for (var i = 0; i < 10; i++)
            {
                GC.Collect();
                most = Math.Max(most, alive.Count(one => one.IsAlive));
                yield return Sample(alive);
            }
        }

        var calibrator = Calibrate(graph, Samples(), out var draft);
        using var file = draft.File;
        calibrator.Run(["y"], CalibrationMethod.Entropy, 0, ElementType.Int8);
        alive.Count.ShouldBeInRange(10, 21);
        // One may still be in a register or a field of the loop.
        most.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void What_is_inside_of_If_is_left_out_and_what_If_gives_is_measured()
    {
        var then = new Sketch().Node("Mul", "x w", "r").Out("r");
        var other = new Sketch().Node("Sub", "x w", "r2").Out("r2");
        var graph = new Sketch().In("x", ElementType.Float, 3).In("c", ElementType.Bool).Floats("w", [3], 1, 2, 3)
            .Node("If", "c", "f", ("then_branch", then), ("else_branch", other)).Node("Neg", "f", "y").Out("y");
        var samples = new[] { true, false }.Select(way => new ModelSample().Add("x", [1f, -2f, 5f], 3).Add("c", [way], []));
        var calibrator = Calibrate(graph, samples, out var draft);
        using var file = draft.File;
        calibrator.Run(["f", "y"], CalibrationMethod.Percentile, 100, ElementType.Int8).ShouldBe(
        [
            new("x", 5, CalibrationMethod.Percentile, null), new("f", 15, CalibrationMethod.Percentile, 15),
            new("y", 15, CalibrationMethod.Percentile, 15),
        ]);
    }

    [Fact]
    public void No_samples_samples_that_run_out_and_noise_are_refused()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 3, -1, -1).Node("Neg", "x", "y").Out("y");
        Refused(graph, [], CalibrationMethod.MinMax).ShouldContain("no samples to calibrate on");
        Refused(graph, [], CalibrationMethod.Entropy).ShouldContain("no samples to calibrate on");
        var queue = new Queue<ModelSample>([new ModelSample().Add("x", [.. Ramp(192, 1)], 1, 3, 8, 8)]);
        IEnumerable<ModelSample> Once()
        {
            while (queue.TryDequeue(out var sample)) yield return sample;
        }

        Refused(graph, Once(), CalibrationMethod.Entropy).ShouldContain("can be enumerated only once");
        var random = new Random(1);
        var noise = Enumerable.Range(0, 3).Select(_ => new ModelSample().Add(
            "x", [.. Enumerable.Range(0, 3 * 32 * 32).Select(_ => random.NextSingle())], 1, 3, 32, 32));
        Refused(graph, noise, CalibrationMethod.Entropy).ShouldContain("noise");
        Refused(graph, noise, CalibrationMethod.MinMax).ShouldContain("noise");
    }

    [Fact]
    public void A_sample_that_the_model_does_not_take_is_an_error_with_the_models_name()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Node("Neg", "x", "y").Out("y");
        var calibrator = Calibrate(graph, [new ModelSample().Add("x", [1f, 2f], 2)], out var draft);
        using var file = draft.File;
        var error = Should.Throw<ModelConversionException>(() =>
            calibrator.Run(["y"], CalibrationMethod.MinMax, 0, ElementType.Int8));
        error.Model.ShouldBe(_folder["in.onnx"]);
        _folder.Files().ShouldBe(["in.onnx"]);
    }

    private string Refused(Sketch graph, IEnumerable<ModelSample> samples, CalibrationMethod method)
    {
        var calibrator = Calibrate(graph, samples, out var draft);
        using var file = draft.File;
        return Should.Throw<ModelOptionException>(() => calibrator.Run(["y"], method, 0, ElementType.Int8)).Message;
    }

    private static ModelSample Sample(List<WeakReference> alive)
    {
        var sample = new ModelSample().Add("x", [1f, 2f, 3f], 3);
        alive.Add(new(sample));
        return sample;
    }

    private static IEnumerable<float> Ramp(int count, float end) => Enumerable.Range(1, count).Select(i => end * i / count);

    private Calibrator Calibrate(
        Sketch graph, IEnumerable<ModelSample> samples, out Draft draft, long groupSize = Calibrator.NumbersInGroup,
        Dictionary<string, string>? shared = null)
    {
        draft = new(OnnxFile.Read(_folder.Write("in.onnx", graph.Model())));
        return new(draft, _folder["out.onnx"], samples, ConversionSteps.None)
        {
            GroupSize = groupSize, Shared = shared ?? [],
        };
    }
}
