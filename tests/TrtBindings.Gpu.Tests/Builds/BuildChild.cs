using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>In a child: builds a model, in the environment that its parent gave it.</summary>
internal static class BuildChild
{
    /// <summary>Arguments: a model, a folder for the cache, and TensorRT's folder for the option; "-" for none.</summary>
    public static int Run(string[] arguments)
    {
        var options = ManifestBuild.AnyOptions(arguments[0], arguments[1]);
        if (arguments[2] != "-") options.LibraryPath = arguments[2];
        try
        {
            var built = UntypedModel.BuildEngine(arguments[0], options);
            Console.WriteLine($"built with {built.TensorRtVersion}: {built.Times}");
            return 0;
        }
        catch (TrtBindingsException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }
    }
}
