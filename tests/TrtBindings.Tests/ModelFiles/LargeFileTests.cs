using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class LargeFileTests
{
    [Fact]
    public void A_model_of_1_GB_costs_under_200_KB_of_reads_and_under_1_MB_of_memory()
    {
        var path = Path.Combine(Path.GetTempPath(), $"trtbindings-{Guid.NewGuid():N}.onnx");
        try
        {
            SparseModel.Write(path);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            file.Length.ShouldBeGreaterThan(1_000_000_000);
            using var counting = new CountingStream(file);

            var before = GC.GetAllocatedBytesForCurrentThread();
            var model = OnnxModelReader.Read(counting);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            counting.BytesAsked.ShouldBeLessThan(200_000);
            allocated.ShouldBeLessThan(1_000_000);
            model.NodeCount.ShouldBe(SparseModel.NodeCount);
            model.InitializerCount.ShouldBe(SparseModel.InitializerCount);
            model.InitializerTypes.ShouldBe([new ElementTypeCount(ElementType.Float, SparseModel.InitializerCount)]);
            model.FindMetadata("last").ShouldBe("yes");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Weights_in_every_form_are_skipped_and_not_read()
    {
        const int Size = 1 << 20;
        var packed = new byte[Size];
        var bytes = Tensor(t => t.Varint(2, 1).Bytes(4, packed)) // float_data
            .Concat(Tensor(t => t.Varint(2, 6).Bytes(5, packed))) // int32_data
            .Concat(Tensor(t => t.Varint(2, 8).Bytes(6, packed))) // string_data
            .Concat(Tensor(t => t.Varint(2, 7).Bytes(7, packed))) // int64_data
            .Concat(Tensor(t => t.Varint(2, 1).Bytes(9, packed))) // raw_data
            .Concat(Tensor(t => t.Varint(2, 11).Bytes(10, packed))) // double_data
            .Concat(Tensor(t => t.Varint(2, 13).Bytes(11, packed))) // uint64_data
            .Concat(new ProtobufWriter().Message(1, n => n.Text(4, "Constant").Message(5, a => a
                .Bytes(4, packed).Bytes(7, packed).Bytes(8, packed).Bytes(9, packed))).ToBytes())
            .ToArray();
        var counting = new CountingStream(new MemoryStream(
            new ProtobufWriter().Varint(1, 8).Bytes(7, bytes).ToBytes()));

        var model = OnnxModelReader.Read(counting);

        model.InitializerCount.ShouldBe(7);
        model.NodeCount.ShouldBe(1);
        counting.BytesAsked.ShouldBeLessThan(20_000);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public void A_million_nodes_are_counted_in_time_that_follows_their_number()
    {
        const int Nodes = 1_000_000;
        var node = new ProtobufWriter().Message(1, n => n.Text(1, "a").Text(2, "b").Text(4, "Relu")).ToBytes();
        var graph = new byte[node.Length * Nodes];
        for (var i = 0; i < Nodes; i++) node.CopyTo(graph, i * node.Length);
        var bytes = new ProtobufWriter().Varint(1, 8).Bytes(7, graph).ToBytes();

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var model = OnnxModelReader.Read(new MemoryStream(bytes));

        model.Operators.ShouldBe([new OperatorCount("", "Relu", Nodes)]);
        System.Diagnostics.Stopwatch.GetElapsedTime(started)
            .ShouldBeLessThan(TimeSpan.FromMinutes(2), "quadratic time would take hours");
    }

    private static byte[] Tensor(Action<ProtobufWriter> write) => new ProtobufWriter().Message(5, write).ToBytes();
}
