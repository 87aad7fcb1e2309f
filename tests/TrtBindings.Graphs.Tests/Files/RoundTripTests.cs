using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Google.Protobuf;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;
using TrtBindings.Graphs.Tests.Support;
using TrtBindings.TestSupport;

namespace TrtBindings.Graphs.Tests.Files;

/// <summary>What is read is written again: with its weights, and with what this version does not know.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static IEnumerable<object[]> Models() => AllModels.Readable().Select(path => new object[] { path });

    public static IEnumerable<object[]> BrokenModels() => AllModels.Broken.Select(one => new object[] { one.Name, one.Reason });

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Every_model_is_the_same_after_a_trip_through_messages_and_graphs(string model)
    {
        var path = AllModels.Find(model);
        using var file = OnnxFile.Read(path);
        var before = Canonical(file.Model);
        Write(file, "copy.onnx");
        using var copy = OnnxFile.Read(_folder["copy.onnx"]);
        Canonical(copy.Model).ShouldBe(before);
        // The data of the first file were moved into the messages that were written.
        using var original = OnnxFile.Read(path);
        var (left, right) = (TensorWalk.All(original.Model).ToList(), TensorWalk.All(copy.Model).ToList());
        right.Count.ShouldBe(left.Count);
        foreach (var (one, other) in left.Zip(right))
            (copy.DataOf(other)?.ToArray()).AsSpan().SequenceEqual((original.DataOf(one)?.ToArray()).AsSpan()).ShouldBeTrue();
    }

    [SkippableTheory]
    [MemberData(nameof(BrokenModels))]
    public void A_broken_model_is_one_typed_error_that_names_the_file(string model, string reason)
    {
        var path = Shared.Require("realmodels/" + model);
        var error = Should.Throw<ModelFileException>(() =>
        {
            using var file = OnnxFile.Read(path);
            new GraphReader(file.Path).Read(file.Model.Graph);
            foreach (var tensor in TensorWalk.All(file.Model)) file.DataOf(tensor);
        });
        error.Message.ShouldContain(path);
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void Fields_that_this_version_does_not_know_are_kept()
    {
        var model = new Sketch().In("x").Node("Relu", "x", "y").Out("y").Model();
        // Field 20 of a model holds training information, 26 devices, and 1000 is nobody's yet.
        byte[] unknown = [0xA2, 0x01, 2, 8, 1, 0xD2, 0x01, 2, 8, 1, 0xC2, 0x3E, 3, 1, 2, 3];
        byte[] bytes = [.. model.ToByteArray(), .. unknown];
        File.WriteAllBytes(_folder["in.onnx"], bytes);
        using var file = OnnxFile.Read(_folder["in.onnx"]);
        Write(file, "out.onnx");
        var written = File.ReadAllBytes(_folder["out.onnx"]);
        written.Length.ShouldBe(bytes.Length);
        written.AsSpan().IndexOf(unknown).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void External_data_is_copied_into_one_file_beside_the_target()
    {
        var values = Enumerable.Range(0, 5000).Select(i => i / 7f).ToArray();
        File.WriteAllBytes(_folder["a.bin"], [1, 2, 3, 4, .. MemoryMarshal.AsBytes(values.AsSpan())]);
        File.WriteAllBytes(_folder["b.bin"], MemoryMarshal.AsBytes(values.AsSpan(0, 3)).ToArray());
        var graph = new Sketch().In("x", ElementType.Float, 5000).Init(External("w", [5000], "a.bin", 4))
            .Init(External("v", [3], "b.bin", 0)).Node("Add", "x w", "y").Out("y").Out("v");
        using var file = OnnxFile.Read(_folder.Write("in.onnx", graph.Model()));
        Write(file, "out.onnx");
        _folder.Files().ShouldBe(["a.bin", "b.bin", "in.onnx", "out.onnx", "out.onnx.data"]);
        using var copy = OnnxFile.Read(_folder["out.onnx"]);
        copy.Model.Graph.Initializer.ShouldAllBe(one => OnnxFile.IsExternal(one) && one.ExternalData[0].Value == "out.onnx.data");
        MemoryMarshal.Cast<byte, float>(copy.DataOf(copy.Model.Graph.Initializer[0])!.ToArray()).ToArray().ShouldBe(values);
        MemoryMarshal.Cast<byte, float>(copy.DataOf(copy.Model.Graph.Initializer[1])!.ToArray()).ToArray().ShouldBe(values[..3]);
    }

    [Fact]
    public void The_files_of_a_model_are_listed_as_sha256sum_lists_them_bytes_that_no_tensor_has_included()
    {
        File.WriteAllBytes(_folder["b.bin"], new byte[20]);
        File.WriteAllBytes(_folder["a.bin"], new byte[16]);
        var graph = new Sketch().In("x", ElementType.Float, 3).Init(External("w", [3], "b.bin", 4))
            .Init(External("v", [3], "a.bin", 4)).Init(External("u", [1], "b.bin", 0)).Node("Add", "x w", "y").Out("y").Out("v");
        using var file = OnnxFile.Read(_folder.Write("in.onnx", graph.Model()));
        var before = SourceFiles.Of(file);
        before.Split('\n').ShouldBe([Line("in.onnx"), Line("a.bin"), Line("b.bin")]);
        // The first four bytes of it belong to no tensor.
        File.WriteAllBytes(_folder["a.bin"], [1, .. new byte[15]]);
        SourceFiles.Of(file).ShouldNotBe(before);
        File.Delete(_folder["a.bin"]);
        Should.Throw<ModelFileException>(() => SourceFiles.Of(file)).Message.ShouldContain("a.bin");

        string Line(string name) =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder[name])))}  {name}";
    }

    [Fact]
    public void What_is_not_committed_leaves_nothing_behind()
    {
        using var file = OnnxFile.Read(_folder.Write("in.onnx", new Sketch().In("x").Node("Relu", "x", "y").Out("y").Model()));
        File.WriteAllText(_folder["out.onnx"], "old");
        using (var writer = new ModelWriter(file, _folder["out.onnx"]))
        {
            writer.Write(file, file.Model, new Dictionary<TensorProto, TensorData>());
            File.Exists(writer.TemporaryPath).ShouldBeTrue();
        }

        _folder.Files().ShouldBe(["in.onnx", "out.onnx"]);
        File.ReadAllText(_folder["out.onnx"]).ShouldBe("old");
    }

    private static TensorProto External(string name, long[] dims, string location, long offset)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)ElementType.Float, DataLocation = OnnxFile.ExternalLocation };
        tensor.Dims.AddRange(dims);
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{offset}" });
        return tensor;
    }

    private void Write(OnnxFile file, string name)
    {
        GraphWriter.Write(new GraphReader(file.Path).Read(file.Model.Graph));
        using var writer = new ModelWriter(file, _folder[name]);
        writer.Write(file, file.Model, new Dictionary<TensorProto, TensorData>());
        writer.Commit();
    }

    /// <summary>The model without what a trip may change: the order of nodes and notes, and where data lie.</summary>
    private static string Canonical(ModelProto model)
    {
        var copy = model.Clone();
        foreach (var tensor in TensorWalk.All(copy)) tensor.ExternalData.Clear();
        var graph = copy.Graph;
        var nodes = graph.Node.Select(node => node.ToString()).Order().ToList();
        graph.Node.Clear();
        // Notes about names that nobody makes are dropped, and so are those that repeat a declaration.
        graph.ValueInfo.Clear();
        return copy + "\n" + string.Join('\n', nodes);
    }
}
