using System.Buffers.Binary;
using System.Text;
using TrtBindings.Backends;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class EnginePlanFileTests : CacheFixture
{
    private const string Metadata = """{"task":"segment","stride":32,"names":{"0":"person","1":"Käse"},"dynamic":false}""";

    [Fact]
    public void A_plain_plan_is_read_whole_with_its_version()
    {
        using var file = EnginePlanFile.Open(Write(PlanOf(5000)));
        file.PlanLength.ShouldBe(5000);
        file.BuiltWith.ShouldBe(new Version(10, 6, 0, 26));
        file.Metadata.ShouldBeEmpty();
        using var plan = file.ReadPlan();
        plan.Span(0, 5000).SequenceEqual(PlanOf(5000)).ShouldBeTrue();
    }

    [Fact]
    public void A_plan_behind_Ultralytics_header_is_read_without_it()
    {
        using var file = EnginePlanFile.Open(Write(WithHeader(Metadata, PlanOf(5000))));
        file.Metadata.Select(entry => (entry.Key, entry.Value)).ShouldBe([("task", "segment"), ("stride", "32"),
            ("names", """{"0":"person","1":"Käse"}"""), ("dynamic", "false")]);
        using var plan = file.ReadPlan();
        plan.Length.ShouldBe(5000);
        plan.Span(0, 5000).SequenceEqual(PlanOf(5000)).ShouldBeTrue();
    }

    [Fact]
    public void A_plan_of_an_unknown_layout_is_left_for_TensorRT_to_judge()
    {
        var bytes = PlanOf(100);
        bytes[8] = 3;
        using var file = EnginePlanFile.Open(Write(bytes));
        file.BuiltWith.ShouldBeNull();
        file.PlanLength.ShouldBe(100);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_typed_error()
    {
        foreach (var whole in new[] { PlanOf(200), WithHeader(Metadata, PlanOf(200)) })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                var path = Write(whole[..length]);
                Should.Throw<EngineFileException>(() => EnginePlanFile.Open(path), $"{length} of {whole.Length} bytes")
                    .Path.ShouldBe(path);
            }
        }

        OpenError(PlanOf(5000)[..4999]).ShouldContain("is cut off: it has 4,999 of the plan's 5,000 bytes");
        OpenError([]).ShouldContain("is empty");
    }

    [Fact]
    public void A_foreign_file_is_named_for_what_it_looks_like()
    {
        OpenError([0x08, 0x09, 0x12, 0x07, .. "pytorch"u8]).ShouldContain("looks like an .onnx model");
        OpenError([.. "PK\u0003\u0004"u8, .. new byte[100]]).ShouldContain("PyTorch");
        OpenError(Plan(1000)).ShouldContain("is not a TensorRT engine");
        OpenError(WithHeader(Metadata, Plan(1000))).ShouldContain("no plan follows");
        OpenError(WithHeader("[1, 2]", PlanOf(1000))).ShouldContain("is not a TensorRT engine");
        OpenError(WithHeader("{ not json", PlanOf(1000))).ShouldContain("is not a TensorRT engine");
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_typed_errors()
    {
        Should.Throw<EngineFileException>(() => EnginePlanFile.Open(Path.Combine(Folder, "none.engine")))
            .Message.ShouldContain("There is no");
        Should.Throw<EngineFileException>(() => EnginePlanFile.Open(Folder));
    }

    [Fact]
    public void A_file_cut_after_it_was_opened_is_a_typed_error()
    {
        var path = Write(PlanOf(5000));
        using var file = EnginePlanFile.Open(path);
        if (OperatingSystem.IsWindows())
        {
            // Windows keeps writers from an open file.
            Should.Throw<IOException>(Cut);
            file.ReadPlan().Dispose();
            return;
        }

        Cut();
        Should.Throw<EngineFileException>(() => file.ReadPlan().Dispose()).Message.ShouldContain("2,000 bytes before");

        void Cut()
        {
            using var writer = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite,
            });
            writer.SetLength(3000);
        }
    }

    private string OpenError(byte[] content)
    {
        var path = Write(content);
        return Should.Throw<EngineFileException>(() => EnginePlanFile.Open(path)).Message;
    }

    private string Write(byte[] content)
    {
        var path = Path.Combine(Folder, "some.engine");
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Noise after a plan header in the layout of TensorRT 10.6.</summary>
    private static byte[] PlanOf(int length)
    {
        var plan = Plan(length);
        "ftrt\0\0\0\0\u0002\0\0\0\0\0\0\0"u8.CopyTo(plan);
        BinaryPrimitives.WriteInt64LittleEndian(plan.AsSpan(16), length);
        new byte[] { 10, 6, 0, 26 }.CopyTo(plan, 24);
        return plan;
    }

    private static byte[] WithHeader(string text, byte[] plan)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return [.. length, .. bytes, .. plan];
    }
}
