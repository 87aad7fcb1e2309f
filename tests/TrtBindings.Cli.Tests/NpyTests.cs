using System.Text;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Tests;

/// <summary>NumPy's files, against bytes that NumPy writes.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly Models _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_array_is_written_as_NumPy_writes_it()
    {
        // np.save(f, np.arange(6, dtype=np.float32).reshape(2, 3)) of NumPy 1 and 2.
        var floats = new float[] { 0, 1, 2, 3, 4, 5 };
        var bytes = floats.SelectMany(BitConverter.GetBytes).ToArray();
        using var stream = new MemoryStream();
        NpyStream.Write(stream, new(ElementType.Float, [2, 3], bytes));
        var written = stream.ToArray();
        written.Length.ShouldBe(128 + 24);
        written[..10].ShouldBe([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0x76, 0]);
        Encoding.ASCII.GetString(written[10..128]).ShouldBe(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }".PadRight(117) + "\n");
        written[128..].ShouldBe(bytes);
    }

    [Theory]
    [InlineData("<f4", "()", 4, ElementType.Float, new long[0])]
    [InlineData("<f8", "(2,)", 16, ElementType.Double, new long[] { 2 })]
    [InlineData("|u1", "(1, 3)", 3, ElementType.UInt8, new long[] { 1, 3 })]
    [InlineData("|b1", "(0, 3)", 0, ElementType.Bool, new long[] { 0, 3 })]
    [InlineData("<V2", "(2L, 1L)", 4, ElementType.BFloat16, new long[] { 2, 1 })]
    public void Types_and_shapes_are_read_as_NumPy_writes_them(
        string descr, string shape, int length, ElementType type, long[] lengths)
    {
        var array = NpyStream.Read(File(descr, shape, new byte[length]));
        (array.Type, array.Bytes.Length).ShouldBe((type, length));
        array.Shape.ShouldBe(lengths);
    }

    [Fact]
    public void The_order_of_Fortran_and_swapped_bytes_are_put_right()
    {
        // np.array([[1, 2, 3], [4, 5, 6]], dtype='>i2', order='F')
        var array = NpyStream.Read(File(">i2", "(2, 3)", [0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6], isFortran: true));
        array.Bytes.ShouldBe([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]);
    }

    [Fact]
    public void Text_goes_there_and_back()
    {
        using var stream = new MemoryStream();
        NpyStream.Write(stream, new(ElementType.String, [3], []) { Text = ["żółw", "", "🐢!"] });
        stream.Position = 0;
        NpyStream.Read(stream).Text.ShouldBe(["żółw", "", "🐢!"]);
    }

    [Theory]
    [InlineData("<c8", "(1,)", "'<c8', which no tensor has")]
    [InlineData("|O", "(1,)", "'|O', which no tensor has")]
    [InlineData("<f4", "(99999999999, 99999999999)", "larger than")]
    [InlineData("<f4", "(-1,)", "no length")]
    public void What_no_tensor_has_is_an_error_that_says_so(string descr, string shape, string message) =>
        Should.Throw<NpyException>(() => NpyStream.Read(File(descr, shape, []))).Message.ShouldContain(message);

    [Fact]
    public void A_header_that_lies_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<EndOfStreamException>(() => NpyStream.Read(File("<f4", "(500000000,)", [1, 2, 3, 4])));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 << 20);
    }

    [Fact]
    public void Several_arrays_go_through_a_npz_and_a_damaged_one_is_one_error()
    {
        var path = _files.PathOf("all.npz");
        ArrayFiles.WriteSeveral(path, [("x", new(ElementType.Int64, [1], new byte[8])), ("y/z", new(ElementType.Bool, [], [1]))]);
        var read = ArrayFiles.ReadSeveral(path);
        read.Keys.ShouldBe(["x", "y/z"]);
        read["y/z"].Bytes.ShouldBe([1]);
        var bytes = System.IO.File.ReadAllBytes(path);
        Should.Throw<UsageException>(() => ArrayFiles.ReadSeveral(_files.Write("cut.npz", bytes[..^9])))
            .Message.ShouldContain("cut.npz");
        Directory.GetFileSystemEntries(_files.Folder, ".*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void Damaged_files_end_in_an_error_and_never_otherwise()
    {
        using var whole = new MemoryStream();
        NpyStream.Write(whole, new(ElementType.Float, [2, 3], new byte[24]));
        var random = new Random(18);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = whole.ToArray();
            for (var k = random.Next(1, 5); k > 0; k--) bytes[random.Next(100)] = (byte)random.Next(256);
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            try
            {
                NpyStream.Read(new MemoryStream(bytes)).Bytes.Length.ShouldBeLessThanOrEqualTo(bytes.Length);
            }
            catch (Exception e) when (e is NpyException or EndOfStreamException)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    private static MemoryStream File(string descr, string shape, byte[] elements, bool isFortran = false)
    {
        var text = $"{{'descr': '{descr}', 'fortran_order': {isFortran}, 'shape': {shape}, }}\n";
        return new([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), .. elements]);
    }
}
