using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class ContentHasherTests : CacheFixture
{
    private readonly string _model;

    public ContentHasherTests()
    {
        _model = Path.Combine(Folder, "model.onnx");
        File.WriteAllText(_model, "weights of a model");
    }

    [Fact]
    public void A_file_is_read_once_and_remembered_by_the_next_process()
    {
        var expected = ContentHash.Of("weights of a model"u8);
        var first = Later();
        first.Hash(_model).ShouldBe(expected);
        first.Hash(_model).ShouldBe(expected);
        first.FilesRead.ShouldBe(1);
        var second = Later();
        second.Hash(_model).ShouldBe(expected);
        second.FilesRead.ShouldBe(0);
    }

    [Fact]
    public void A_file_written_just_now_is_not_remembered()
    {
        var hasher = new ContentHasher(Folder);
        hasher.Hash(_model);
        hasher.Hash(_model);
        hasher.FilesRead.ShouldBe(2);
    }

    [Fact]
    public void A_file_of_the_same_size_and_time_with_another_content_is_read_again()
    {
        var time = File.GetLastWriteTimeUtc(_model);
        var before = Later().Hash(_model);
        var other = _model + ".new";
        File.WriteAllText(other, "WEIGHTS of a model");
        File.SetLastWriteTimeUtc(other, time);
        File.Move(other, _model, overwrite: true);
        Later().Hash(_model).ShouldNotBe(before, "the inode is another one");
    }

    [SkippableFact]
    public void A_file_changed_in_place_with_its_time_set_back_is_read_again()
    {
        Skip.IfNot(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "This system keeps no time of the last change.");
        var time = File.GetLastWriteTimeUtc(_model);
        var before = Later().Hash(_model);
        Thread.Sleep(20);
        File.WriteAllText(_model, "WEIGHTS of a model");
        File.SetLastWriteTimeUtc(_model, time);
        Later().Hash(_model).ShouldNotBe(before);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"format\":9,\"files\":{}}")]
    [InlineData("{\"format\":1,\"files\":null}")]
    [InlineData("{\"format\":1,\"files\":{\"x\":null}}")]
    [InlineData("not json")]
    public void A_damaged_index_is_forgotten(string content)
    {
        File.WriteAllText(Path.Combine(Folder, ContentIndex.FileName), content);
        Later().Hash(_model).ShouldBe(ContentHash.Of("weights of a model"u8));
        var next = Later();
        next.Hash(_model);
        next.FilesRead.ShouldBe(0);
    }

    [Fact]
    public void A_missing_file_is_a_typed_error() =>
        Should.Throw<ModelFileException>(() => Later().Hash(Path.Combine(Folder, "none.onnx")))
            .Message.ShouldContain("none.onnx");

    [Fact]
    public void An_index_has_an_upper_size()
    {
        var index = new ContentIndex();
        var identity = new FileIdentity(1, 2, 3, 4, 5);
        for (var i = 0; i < 600; i++)
            index.Add($"/model{i}", new(identity, ContentHash.Of("x"u8), DateTimeOffset.UnixEpoch.AddDays(i)));
        index.Files.Count.ShouldBe(512);
        index.Find("/model0", identity).ShouldBeNull();
        index.Find("/model599", identity).ShouldNotBeNull();
        index.Find("/model599", identity with { Inode = 9 }).ShouldBeNull();
    }

    private ContentHasher Later() => new(Folder, new LaterClock());

    /// <summary>A clock that makes the test's files look a minute old.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(1);
    }
}
