namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Calibration samples reach an INT8 build of TensorRT 10 in device memory.</summary>
[Trait("Category", "Slow")]
public sealed class CalibrationTests
{
    [SkippableFact]
    public void Every_batch_is_read_once_and_the_data_is_a_part_of_the_key()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Options = rig.Options with { Precision = ModelPrecision.Int8, Calibration = new Data(1, 2, 3) };
        rig.Build(model);
        rig.Fake.Get("calibrated.batches").ShouldBe(3);
        rig.Fake.Get("calibrated.sum").ShouldBe(6);
        rig.Fake.Get("calibrated.batchSize").ShouldBe(2);
        rig.Build(model);
        rig.Fake.Get("builds").ShouldBe(1);

        rig.Options = rig.Options with { Calibration = new Data(1, 2, 4) };
        rig.Build(model);
        rig.Log.Starts[1].ShouldContain("option calibration was 1 2 3, is 1 2 4");
        rig.Fake.Get("calibrated.sum").ShouldBe(13);
    }

    [SkippableFact]
    public void A_source_that_throws_ends_the_build_with_its_error()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Options = rig.Options with { Precision = ModelPrecision.Int8, Calibration = new Data(1) { Fails = true } };
        Should.Throw<EngineBuildException>(() => rig.Build(model)).Message.ShouldContain("no values for 'x'");
    }

    [SkippableFact]
    public void Each_input_gets_the_shape_of_the_first_profiles_optimum_and_starts_with_zeros()
    {
        using var rig = new BuildRig();
        var data = new Data(1, 2);
        rig.Options = rig.Options with
        {
            Precision = ModelPrecision.Int8,
            Calibration = data,
            Profiles = [new() { ["batch"] = (1, 2, 8) }],
        };
        rig.Build(rig.Save("m.onnx", BuildModels.Shift(1, 2, 3)));
        data.Shapes.ShouldBe(["x [2, 3]", "x [2, 3]"]);
        rig.Fake.Get("calibrated.batchSize").ShouldBe(2);
    }

    private sealed class Data(params float[] first) : ICalibrationSource
    {
        public bool Fails { get; init; }

        public List<string> Shapes { get; } = [];

        public string Identity => string.Join(' ', first);

        public int BatchCount => first.Length;

        public void Fill(int batch, string input, ReadOnlySpan<long> shape, Span<byte> elements)
        {
            if (Fails) throw new InvalidOperationException($"There are no values for '{input}'.");
            Shapes.Add($"{input} [{string.Join(", ", shape.ToArray())}]");
            elements.ToArray().ShouldAllBe(value => value == 0);
            BitConverter.TryWriteBytes(elements, first[batch]).ShouldBeTrue();
        }
    }
}
