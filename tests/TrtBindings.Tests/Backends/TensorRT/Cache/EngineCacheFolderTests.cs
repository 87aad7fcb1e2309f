using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class EngineCacheFolderTests
{
    [Fact]
    public void The_users_choice_comes_before_the_platforms_folder()
    {
        var choice = Path.GetFullPath("/choice");
        EngineCacheFolder.Default(choice, "/home/me/.cache").ShouldBe(Path.Combine(choice, "trtbindings", "engines"));
        EngineCacheFolder.Default(null, "/home/me/.cache").ShouldBe(Path.Combine("/home/me/.cache", "trtbindings", "engines"));
        EngineCacheFolder.Default("", "/home/me/.cache").ShouldStartWith("/home/me/.cache");
        EngineCacheFolder.Default("relative", "/home/me/.cache").ShouldStartWith("/home/me/.cache");
    }

    [Fact]
    public void A_user_without_a_home_gets_a_typed_error_with_the_way_out() =>
        Should.Throw<EngineCacheException>(() => EngineCacheFolder.Default(null, ""))
            .Message.ShouldContain("TensorRtOptions.CacheFolder");
}
