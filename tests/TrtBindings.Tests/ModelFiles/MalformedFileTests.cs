using System.Text;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class MalformedFileTests
{
    [Fact]
    public void A_length_beyond_the_enclosing_message_is_a_typed_error()
    {
        // The graph has 20 bytes, its initializer claims 1000, and the file has 2000 more.
        var graph = new ProtobufWriter().Header(5, 1000).Append(new byte[17]).ToBytes();
        var file = new ProtobufWriter().Bytes(7, graph).Bytes(6, new byte[2000]).ToBytes();
        var error = Describe.Error(file);
        error.Reason.ShouldBe(
            "GraphProto says that field 5 has 1000 bytes, but only 17 are left: the file is cut short or damaged");
        error.Offset.ShouldBe(2);
        error.Message.ShouldContain("at byte 2");
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(1L << 32)]
    public void A_length_of_64_bits_is_checked_and_not_cut(long length)
    {
        foreach (var field in new[] { 2, 6, 7, 14, 999 })
            Describe
                .Error(new ProtobufWriter().Message(7, _ => { }).Header(field, length).Append(new byte[8]).ToBytes())
                .Reason.ShouldContain($"field {field} has {(ulong)length} bytes");
    }

    [Fact]
    public void A_fixed_number_that_does_not_fit_is_a_typed_error()
    {
        Describe.Error([0x3A, 0x00, 0xF9, 0x07, 1, 2, 3]).Reason.ShouldContain("8 bytes"); // field 127, 64 bits
        Describe.Error([0x3A, 0x00, 0xFD, 0x07, 1, 2, 3]).Reason.ShouldContain("4 bytes"); // field 127, 32 bits
    }

    [Fact]
    public void A_number_of_more_than_64_bits_is_a_typed_error()
    {
        Describe.Error([0x08, .. Enumerable.Repeat((byte)0xFF, 10), 0x01]).Reason.ShouldContain("64 bits");
        Describe.Error([0x08, .. Enumerable.Repeat((byte)0xFF, 9), 0x02]).Reason.ShouldContain("64 bits");
        var most = Describe.Bytes([0x08, .. Enumerable.Repeat((byte)0xFF, 9), 0x01, 0x3A, 0x00]);
        most.IrVersion.ShouldBe(-1);
    }

    [Fact]
    public void Field_number_0_groups_and_unused_wire_types_are_typed_errors()
    {
        Describe.Error([0x3A, 0x00, 0x02, 0x00, 0x80]).Reason.ShouldContain("impossible number");
        foreach (byte wireType in new byte[] { 3, 4, 6, 7 })
            Describe.Error([0x3A, 0x00, (byte)(0x50 | wireType), 0x80]).Reason.ShouldContain($"wire type {wireType}");
    }

    [Fact]
    public void A_name_that_is_not_UTF8_is_a_typed_error_and_a_text_is_not()
    {
        byte[] latin1 = [0x63, 0x61, 0x66, 0xE9];
        Describe.GraphError(g => g.Message(11, v => v.Bytes(1, latin1))).Reason.ShouldContain("UTF-8");
        Describe.GraphError(g => g.Message(1, n => n.Bytes(4, latin1))).Reason.ShouldContain("UTF-8");
        Describe.Graph(g => g.Bytes(10, latin1)).GraphDocumentation.ShouldBe("caf\uFFFD");
    }

    [Fact]
    public void A_file_without_a_graph_is_a_typed_error()
    {
        Describe.Error(new ProtobufWriter().Varint(1, 8).Text(2, "x").ToBytes()).Reason.ShouldContain("no graph");
    }

    [Fact]
    public void A_stream_that_became_shorter_is_a_typed_error()
    {
        var shrunk = new ShrunkStream(new MemoryStream(SmallModels.All[0].Bytes));
        Should.Throw<OnnxFormatException>(() => OnnxModelReader.Read(shrunk)).Reason.ShouldContain("shorter");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html><body>404</body></html>", "HTML")]
    [InlineData("\r\n  <HTML>", "HTML")]
    [InlineData("<?xml version='1.0'?><Error/>", "XML")]
    [InlineData("{\"error\": \"not found\"}", "JSON")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n", "git lfs pull")]
    [InlineData("this is not a valid onnx model", "text")]
    [InlineData("Zażółć gęślą jaźń", "text")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0", "zip")]
    [InlineData("\0\0\0\0\0\0\0\0", "zeros")]
    [InlineData("\u0018\0\0\0TFL3", "TensorFlow Lite")]
    [InlineData("\u0020\0\0\0ORTM", "ONNX Runtime")]
    public void What_is_no_model_is_named(string content, string named)
    {
        var error = Describe.Error(Encoding.UTF8.GetBytes(content));
        error.Reason.ShouldContain(named);
        error.Offset.ShouldBe(0);
        error.InnerException.ShouldBeOfType<OnnxFormatException>();
    }

    [Fact]
    public void Foreign_binaries_are_named()
    {
        Describe.Error([0x1F, 0x8B, 8, 0]).Reason.ShouldContain("gzip");
        Describe.Error([0x80, 2, (byte)'}', (byte)'q']).Reason.ShouldContain("pickle");
        Describe.Error([0x89, .. "HDF\r\n\u001A\n"u8]).Reason.ShouldContain("HDF5");
        Describe.Error([.. "GGUF"u8, 3, 0, 0, 0]).Reason.ShouldContain("GGUF");
        Describe.Error([9, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":{}} "u8]).Reason.ShouldContain("safetensors");
        Describe.Error([.. "ftrt"u8, 1, 0, 0, 0]).Reason.ShouldContain("LoadEngine");
        Describe.Error([9, 0, 0, 0, .. "{\"a\": 1} ftrt"u8]).Reason.ShouldContain("LoadEngine");
    }

    [Fact]
    public void A_damaged_model_is_not_taken_for_something_else()
    {
        Describe.Error(SmallModels.All[1].Bytes[..100]).Reason.ShouldContain("cut short");
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_the_callers_mistake()
    {
        Should.Throw<ArgumentNullException>(() => OnnxModelReader.Read(null!));
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Should.Throw<ArgumentException>(() => OnnxModelReader.Read(pipe));
    }

    [Fact]
    public void The_stream_is_read_from_its_start_and_left_open()
    {
        var stream = new MemoryStream(SmallModels.All[0].Bytes);
        var first = OnnxModelReader.Read(stream);
        stream.Position = 17;
        OnnxModelReader.Read(stream).ShouldBe(first);
    }

    [Fact]
    public void A_stream_that_gives_one_byte_at_a_time_is_read_the_same()
    {
        foreach (var (name, bytes) in SmallModels.All)
            OnnxModelReader.Read(new TrickleStream(new MemoryStream(bytes))).ShouldBe(Describe.Bytes(bytes), name);
    }

    private sealed class ShrunkStream(Stream inner) : PassThroughStream(inner)
    {
        public override long Length => base.Length + 1_000_000;
    }

    private sealed class TrickleStream(Stream inner) : PassThroughStream(inner)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
