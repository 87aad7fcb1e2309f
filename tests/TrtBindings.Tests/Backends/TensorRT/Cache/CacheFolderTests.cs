using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

public sealed class CacheFolderTests
{
    [Fact]
    public void The_users_choice_comes_before_the_platforms_folder()
    {
        var choice = Path.GetFullPath("/choice");
        CacheFolder.Default(choice, "/home/me/.cache").ShouldBe(Path.Combine(choice, "trtbindings", "engines"));
        CacheFolder.Default(null, "/home/me/.cache").ShouldBe(Path.Combine("/home/me/.cache", "trtbindings", "engines"));
        CacheFolder.Default("", "/home/me/.cache").ShouldStartWith("/home/me/.cache");
        CacheFolder.Default("relative", "/home/me/.cache").ShouldStartWith("/home/me/.cache");
    }

    [Fact]
    public void A_user_without_a_home_gets_a_typed_error_with_the_way_out() =>
        Should.Throw<EngineCacheException>(() => CacheFolder.Default(null, ""))
            .Message.ShouldContain("TensorRtOptions.CacheFolder");
}
