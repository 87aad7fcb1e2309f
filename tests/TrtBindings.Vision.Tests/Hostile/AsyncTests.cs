using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>The asynchronous calls of every engine.</summary>
public sealed class AsyncTests
{
    private static readonly ImageMemory Photo = BlobPhotos.Make(3, 75, 50);

    public static TheoryData<string> Names => EngineUnderTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_asynchronous_call_gives_what_the_other_gives(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var expected = engine.One(Photo);
        (await engine.OneAsync(Photo, default)).ShouldBe(expected);
        (await engine.ManyAsync([Photo])).ShouldBe([expected]);
        engine.One(Photo).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pixels_may_change_once_the_call_has_returned(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var expected = engine.One(Photo);
        var pixels = Photo.Pixels.ToArray();
        var task = engine.OneAsync(new(pixels, Photo.Width, Photo.Height, Photo.Format), default);
        Array.Clear(pixels);
        (await task).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_error_is_in_the_task_and_lets_the_next_call_in(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var expected = engine.One(Photo);
        var empty = engine.OneAsync(default, default);
        await Should.ThrowAsync<ImageException>(() => empty);
        var none = engine.ManyAsync([]);
        await Should.ThrowAsync<TensorException>(() => none);
        engine.Model.Ran = _ => throw new TimeoutException();
        var failed = engine.OneAsync(Photo, default);
        await Should.ThrowAsync<TimeoutException>(() => failed);
        engine.Model.Ran = null;
        var cancelled = engine.OneAsync(Photo, new(canceled: true));
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        (await engine.OneAsync(Photo, default)).ShouldBe(expected);
        engine.Dispose();
        var late = engine.OneAsync(Photo, default);
        await Should.ThrowAsync<ObjectDisposedException>(() => late);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_call_meanwhile_is_refused(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var expected = engine.One(Photo);
        Task<string>? second = null;
        engine.Model.Ran = _ =>
        {
            engine.Model.Ran = null;
            second = engine.OneAsync(Photo, default);
        };
        (await engine.OneAsync(Photo, default)).ShouldBe(expected);
        await Should.ThrowAsync<EngineInUseException>(() => second!);
    }
}
