using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>An INT8 build of TensorRT 10 gets its batches in device memory.</summary>
[Trait("Category", "Slow")]
public sealed class CalibrationTests
{
    [SkippableFact]
    public void Every_batch_is_read_once_and_the_data_is_a_part_of_the_key()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Settings = rig.Settings with { Precision = BuildPrecision.Int8, Calibration = new Data(1, 2, 3) };
        rig.Build(model);
        rig.Fake.Get("calibrated.batches").ShouldBe(3);
        rig.Fake.Get("calibrated.sum").ShouldBe(6);
        rig.Fake.Get("calibrated.batchSize").ShouldBe(2);
        rig.Build(model);
        rig.Fake.Get("builds").ShouldBe(1);

        rig.Settings = rig.Settings with { Calibration = new Data(1, 2, 4) };
        rig.Build(model);
        rig.Log.Starts[1].ShouldContain("option calibration was 1 2 3, is 1 2 4");
        rig.Fake.Get("calibrated.sum").ShouldBe(13);
    }

    [SkippableFact]
    public void A_batch_without_an_input_is_an_error_that_names_it()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Settings = rig.Settings with { Precision = BuildPrecision.Int8, Calibration = new Data(1) { Input = "other" } };
        Should.Throw<EngineBuildException>(() => rig.Build(model)).Message.ShouldContain("no values for 'x'. It has other.");
    }

    private sealed class Data(params float[] first) : ICalibrationData
    {
        public string Input { get; init; } = "x";

        public string Identity => string.Join(' ', first);

        public int BatchSize => 2;

        public IEnumerable<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> Batches() => first.Select(value =>
            new Dictionary<string, ReadOnlyMemory<byte>>
            {
                [Input] = new([.. BitConverter.GetBytes(value), .. BitConverter.GetBytes(0f)]),
            });
    }
}
