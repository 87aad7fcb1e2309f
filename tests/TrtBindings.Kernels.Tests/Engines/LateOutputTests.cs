using System.Runtime.InteropServices;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>Work after a model whose output's size depends on data.</summary>
[Trait("Category", "Slow")]
public sealed class LateOutputTests
{
    private const string Plan = """
        engine nonzero
        input x 0 n
        node NonZero find places x
        node Identity copy same x
        output places
        output same
        profile x=0/4/64

        """;

    [SkippableFact]
    public void Work_after_the_model_gets_the_shape_and_the_values_of_its_own_run()
    {
        using var rig = new EngineRig();
        var path = System.IO.Path.Combine(rig.Trt.Folder, "nonzero.engine");
        File.WriteAllBytes(path, rig.Trt.Plan(Plan));
        var signature = new ModelSignature(
            "nonzero.engine", new([TensorDescription.Of("x", ElementType.Float, "n")]),
            new([
                TensorDescription.Of("places", ElementType.Int64, 1, "found"),
                TensorDescription.Of("same", ElementType.Float, "n"),
            ]));
        using var model = new Model(signature, path, rig.Options);
        var runnable = (IRunnableModel)model;
        using var inputs = runnable.CreateInputs([8]);
        using var outputs = runnable.CreateOutputs([8]);
        using var places = model.Gpu!.Allocate(64 * sizeof(long));
        using var read = model.Gpu.AllocatePinned(64 * sizeof(long));
        outputs.Tensors[0].UseDeviceMemory(places);
        var work = new Reader(places.Address, read.Address);
        foreach (var count in (int[])[3, 8, 1, 0, 5])
        {
            var x = ((InputTensor<float>)inputs.Tensors[0]).Span;
            for (var i = 0; i < 8; i++) x[i] = i < 8 - count ? 0 : 1;
            model.Gpu.Run(inputs, outputs, work);
            work.Count.ShouldBe(count);
            MemoryMarshal.Cast<byte, long>(read.Span)[..count].ToArray()
                .ShouldBe(Enumerable.Range(8 - count, count).Select(i => (long)i));
        }
    }

    private sealed class Reader(nint source, nint target) : GpuWork
    {
        public int Count { get; private set; }

        protected internal override void After(GpuQueue queue, GpuShapes outputs)
        {
            Count = (int)outputs[0][1];
            queue.Download(target, source, Count * sizeof(long));
        }
    }

    private sealed class Model(ModelSignature signature, string engine, ModelOptions options)
        : OnnxModel(new(signature, ModelSource.FromEngine(engine), options))
    {
        protected override ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions) => new Inputs(this, dimensions);

        protected override ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions) => new Outputs(this, dimensions);
    }

    private sealed class Inputs : ModelInputs
    {
        public Inputs(OnnxModel model, ReadOnlySpan<long> dimensions)
            : base(model, dimensions) => AddTensor<float>();
    }

    private sealed class Outputs : ModelOutputs
    {
        public Outputs(OnnxModel model, ReadOnlySpan<long> dimensions)
            : base(model, dimensions)
        {
            AddTensor<long>();
            AddTensor<float>();
        }
    }
}
