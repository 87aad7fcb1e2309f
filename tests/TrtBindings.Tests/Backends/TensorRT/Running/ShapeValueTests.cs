namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Shape tensors: inputs whose values decide shapes.</summary>
[Trait("Category", "Slow")]
public sealed class ShapeValueTests
{
    [SkippableTheory]
    [InlineData(10, 0, "int64", 8)]
    [InlineData(10, 16, "int64", 8)]
    [InlineData(10, 16, "int32", 3)]
    [InlineData(11, 1, "int64", 8)]
    public void Their_values_are_read_in_host_memory_before_each_run(int major, int minor, string type, int number)
    {
        using var stand = new GpuStandIns(major, minor);
        using (var model = Load(stand, type, number))
        {
            foreach (var (rows, columns, profile) in new[] { (2, 3, 0), (4, 4, 0), (1, 1, 0), (8, 16, 1), (2, 3, 0), (2, 3, 0) })
            {
                Set(model, rows, columns);
                model.Inputs.Get<float>(0).Span[0] = rows * columns;
                model.Run();
                model.Binding.Inputs.Profile.ShouldBe(profile);
                model.Outputs.Tensors[0].Lengths.ToArray().ShouldBe([rows, columns]);
                model.Floats().ShouldBe(Enumerable.Repeat((float)(rows * columns), rows * columns));
            }

            model.Session.CapturesGraphs.ShouldBeFalse("a recording would not see the values");
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Values_that_no_profile_allows_are_refused_with_the_ranges()
    {
        using var stand = new GpuStandIns();
        using var model = Load(stand, "int64", 8);
        Set(model, 5, 2);
        var error = Should.Throw<TensorException>(() => model.Binding.Run(default));
        error.Message.ShouldContain("'shape' [2] with values [5, 2]");
        error.Message.ShouldContain("profile 0: 'shape' [2] with values [1..4, 1..4]");
        error.Message.ShouldContain("profile 1: 'shape' [2] with values [8..16, 8..16]");
        Set(model, 4, 2);
        model.Run();
        model.Floats().Length.ShouldBe(8);
    }

    [SkippableFact]
    public void They_cannot_be_on_the_device()
    {
        using var stand = new GpuStandIns();
        using var model = Load(stand, "int64", 8);
        using var buffer = DeviceBuffer.Over(model.Session.AllocateDevice(256));
        model.Inputs.Tensors[1].UseDeviceMemory(buffer);
        Should.Throw<TensorException>(() => model.Binding.Run(default)).Message.ShouldContain("must be in host memory");
        model.Inputs.Tensors[1].UseHostMemory();
        Set(model, 1, 2);
        model.Run();
    }

    [SkippableFact]
    public void A_refused_tensor_leaves_no_profile_of_sizes_before_it()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load("""
            input x 0 batch
            shapeInput shape 8 1
            node Expand e y x shape
            output y
            profile x=1/1/1 shape=1/1/1 shape#values=1/4/8
            profile x=8/8/8 shape=1/1/1 shape#values=1/4/8
            """, Sign.Of("x float batch; shape int64 1 -> y float rows"), GpuStandIns.With(), 8);
        model.Inputs.Get<long>(1).Span[0] = 8;
        model.Run();
        model.Binding.Inputs.Profile.ShouldBe(1);
        model.Inputs.Resize(1);
        using var buffer = DeviceBuffer.Over(model.Session.AllocateDevice(256));
        model.Inputs.Tensors[1].UseDeviceMemory(buffer);
        Should.Throw<TensorException>(() => model.Binding.Run(default)).Message.ShouldContain("must be in host memory");
        model.Inputs.Tensors[1].UseHostMemory();
        model.Inputs.Get<long>(1).Span[0] = 8;
        model.Run();
        model.Binding.Inputs.Profile.ShouldBe(0);
    }

    private static BoundModel Load(GpuStandIns stand, string type, int number) => stand.Load($"""
        input x 0 1
        shapeInput shape {number} 2
        node Expand e y x shape
        output y
        profile shape=2/2/2 shape#values=1,1/2,2/4,4
        profile shape=2/2/2 shape#values=8,8/8,8/16,16
        """, Sign.Of($"x float 1; shape {type} 2 -> y float rows,columns"), GpuStandIns.With());

    private static void Set(BoundModel model, int rows, int columns)
    {
        if (model.Inputs.Tensors[1] is InputTensor<long> wide) (wide.Span[0], wide.Span[1]) = (rows, columns);
        else (model.Inputs.Get<int>(1).Span[0], model.Inputs.Get<int>(1).Span[1]) = (rows, columns);
    }
}
