namespace TrtBindings;

/// <summary>Converts a model and builds its engine, and does both once more where TensorRT has no kernel for a node.</summary>
public static class ConvertedBuild
{
    /// <summary>
    /// Converts and builds. If TensorRT has no kernel for a node in the new type, the model is converted once more with that node
    /// kept in 32 bits, and built again: what a strongly typed network, which is all that TensorRT 11 has, computes in is in the
    /// file.
    /// </summary>
    /// <param name="convert">
    /// Converts with the node patterns to keep, beside those of the application; none at first. Such as
    /// <c>keep => ModelConversion.ToFloat16(path, target, new() { KeepNodes = keep })</c>.
    /// </param>
    /// <param name="build">Builds the file that was written, such as <c>report => Net.BuildEngine(report.Target,
    /// options)</c>.</param>
    /// <returns>The report of the last conversion, and the engine.</returns>
    /// <exception cref="EngineBuildException">
    /// The second build failed too, or the first one for another reason or for a node that the model does not have.
    /// </exception>
    public static (ConversionReport Report, BuiltEngine Engine) Run(
        Func<IReadOnlyCollection<string>, ConversionReport> convert, Func<ConversionReport, BuiltEngine> build)
    {
        ArgumentNullException.ThrowIfNull(convert);
        ArgumentNullException.ThrowIfNull(build);
        var report = convert([]);
        try
        {
            return (report, build(report));
        }
        catch (EngineBuildException e) when (e.NodesWithoutKernel.Count > 0)
        {
            try
            {
                report = convert(e.NodesWithoutKernel);
            }
            catch (ModelOptionException)
            {
                // The parser gave the layer a name of its own: there is no such node to keep.
                throw e;
            }

            return (report, build(report));
        }
    }
}
